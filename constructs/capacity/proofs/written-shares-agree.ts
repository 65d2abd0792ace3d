import type { TenantEntry } from '../ledger';
import type { Proof } from '../proof';
import { quantity } from '../quantity';

/**
 * Quota, capability of the queue and ceiling are one number, and the queue's guarantee is what was sold:
 * read from what was written, not from what was meant. A quota on `limits.` or on the bare name of an
 * extended resource limits nothing (kubeflow/website#2460), nor does one without NPUs (rancher#17000).
 */
export const writtenSharesAgree: Proof = {
  id: 'AICC-TEN-005',
  level: 'error',
  title: 'quota, queue and promise say the same',
  check(subject) {
    if (subject.kind !== 'cluster') return [];
    return subject.cluster.tenants.map((tenant) => {
      const { resourceName, written, guarantee, ceiling } = tenant;
      const key = `requests.${resourceName}`;
      const numbers = {
        quota: written.quota[key],
        capability: written.capability[resourceName],
        guarantee: written.guarantee?.[resourceName],
      };
      const others = otherKeys(tenant, key);
      const holds =
        numberOf(numbers.quota) === ceiling &&
        numberOf(numbers.capability) === ceiling &&
        numberOf(numbers.guarantee ?? '0') === guarantee &&
        others.length === 0;
      const extra = others.length > 0 ? `, and ${others.join(', ')}` : '';
      return {
        path: tenant.path,
        holds,
        arithmetic: `quota ${key} ${numbers.quota ?? 'none'}, capability ${numbers.capability ?? 'none'}, ceiling ${ceiling}; guarantee of the queue ${numbers.guarantee ?? '0'}, sold ${guarantee}${extra}`,
        remedy: `write ${ceiling} as ${key} of the quota and as capability of the queue, and ${guarantee} as its guarantee`,
      };
    });
  },
};

/** A retired tenant has a quota of zero, which the ledger does not keep. */
function numberOf(amount: string | undefined): number {
  return quantity(amount ?? '0');
}

/** Keys of the quota that speak of NPUs and bind nothing, or bind another resource. */
function otherKeys({ written }: TenantEntry, key: string): string[] {
  return Object.keys(written.quota).filter((name) => name.includes('/') && name !== key);
}
