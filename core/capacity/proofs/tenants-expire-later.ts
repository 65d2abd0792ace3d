import type { ClusterProof } from '../proof';

/** Days before the last one from which on a tenant is to be asked. */
const DAYS = 30;

export const tenantsExpireLater: ClusterProof = {
  id: 'AICC-TEN-002',
  level: 'warning',
  title: `tenants do not expire within ${DAYS} days`,
  why: 'A tenant hears of its end in time.',
  check({ cluster, today }) {
    if (today === undefined) return [];
    return cluster.tenants.flatMap(({ path, state, expiry }) => {
      // After the last day AICC-TEN-001 speaks.
      if (expiry === undefined || state === 'retired' || expiry < today) return [];
      const left = (Date.parse(expiry) - Date.parse(today)) / 86_400_000;
      return [
        {
          path,
          holds: left > DAYS,
          statement: `${left} days from ${today} to ${expiry}`,
          remedy: 'agree with the tenant on a later expiry, or let it end',
        },
      ];
    });
  },
};
