import type { Finding } from '../../../../core/rules';
import type { RiskRule } from '../risk';

export const expiryExtended: RiskRule = {
  id: 'AICC-RISK-020',
  level: 'warning',
  title: 'term of a tenant extended',
  why: 'A tenant keeps its share longer than was agreed.',
  check({ before, after }) {
    return (after?.clusters ?? []).flatMap((cluster) => {
      const old = before?.clusters.find(({ name }) => name === cluster.name);
      return cluster.tenants.flatMap(({ namespace, path, expiry, guarantee }): Finding[] => {
        const was = old?.tenants.find((tenant) => tenant.namespace === namespace)?.expiry;
        if (was === undefined || (expiry !== undefined && expiry <= was)) return [];
        return [
          {
            path,
            statement: `${namespace} keeps ${guarantee} NPUs ${expiry ? `until ${expiry}` : 'without a last day'} instead of ${was}`,
            remedy: 'check that the contract says so',
          },
        ];
      });
    });
  },
};
