import type { ClusterProof } from '../proof';

export const tenantsNotExpired: ClusterProof = {
  id: 'AICC-TEN-001',
  level: 'error',
  title: 'tenants have not expired',
  why: 'Nobody keeps NPUs beyond the last day that was agreed.',
  check({ cluster, today }) {
    if (today === undefined) return [];
    return cluster.tenants.flatMap(({ path, state, expiry }) => {
      if (expiry === undefined || state === 'retired') return [];
      const holds = today <= expiry;
      return [
        {
          path,
          holds,
          statement: `last day ${expiry}, checked on ${today}`,
          remedy: "set a later expiry, or state 'retired'",
        },
      ];
    });
  },
};
