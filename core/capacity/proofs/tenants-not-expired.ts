import type { Proof } from '../proof';

/** Nobody keeps NPUs beyond the last day that was agreed. */
export const tenantsNotExpired: Proof = {
  id: 'AICC-TEN-001',
  level: 'error',
  title: 'tenants have not expired',
  check(subject, today) {
    if (subject.kind !== 'cluster' || today === undefined) return [];
    return subject.cluster.tenants.flatMap(({ path, state, expiry }) => {
      if (expiry === undefined || state === 'retired') return [];
      const holds = today <= expiry;
      return [
        {
          path,
          holds,
          arithmetic: `last day ${expiry}, checked on ${today}`,
          remedy: "set a later expiry, or state 'retired'",
        },
      ];
    });
  },
};
