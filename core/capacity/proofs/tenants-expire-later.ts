import type { Proof } from '../proof';

/** Days before the last one from which on a tenant is to be asked. */
const DAYS = 30;

/** A tenant hears of its end in time. */
export const tenantsExpireLater: Proof = {
  id: 'AICC-TEN-002',
  level: 'warning',
  title: `tenants do not expire within ${DAYS} days`,
  check(subject, today) {
    if (subject.kind !== 'cluster' || today === undefined) return [];
    return subject.cluster.tenants.flatMap(({ path, state, expiry }) => {
      // After the last day AICC-TEN-001 speaks.
      if (expiry === undefined || state === 'retired' || expiry < today) return [];
      const left = (Date.parse(expiry) - Date.parse(today)) / 86_400_000;
      return [
        {
          path,
          holds: left > DAYS,
          arithmetic: `${left} days from ${today} to ${expiry}`,
          remedy: 'agree with the tenant on a later expiry, or let it end',
        },
      ];
    });
  },
};
