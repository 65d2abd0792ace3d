import type { RiskRule } from '../risk';

export const expiryExtended: RiskRule = {
  id: 'AICC-RISK-020',
  level: 'warning',
  title: 'term of a tenant extended',
  why: 'A tenant keeps its share longer than was agreed.',
  remedy: 'check that the contract says so',
  check({ before, after }) {
    return after?.clusters.map((cluster) => {
      const old = before?.clusters.find(({ name }) => name === cluster.name);
      return cluster.tenants.map(({ namespace, path, expiry, guarantee }) => {
        const was = old?.tenants.find((tenant) => tenant.namespace === namespace)?.expiry;
        if (was === undefined || (expiry !== undefined && expiry <= was)) return undefined;
        const until = expiry ? `until ${expiry}` : 'without a last day';
        return {
          path,
          statement: `${namespace} keeps ${guarantee} NPUs ${until} instead of ${was}`,
        };
      });
    });
  },
};
