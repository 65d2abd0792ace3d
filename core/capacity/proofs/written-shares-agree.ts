import { type ClusterInventory, resourceNames, type TenantEntry } from '../inventory';
import type { ClusterProof } from '../proof';
import { quantity } from '../quantity';

export const writtenSharesAgree: ClusterProof = {
  id: 'AICC-TEN-005',
  level: 'error',
  title: 'quota, queue and promise say the same',
  why:
    "Quota, capability of the queue and ceiling are one number, and the queue's guarantee is " +
    'what was sold: read from what was written, not from what was meant. A quota on `limits.` ' +
    'or on the bare name of an extended resource limits nothing (kubeflow/website#2460), nor ' +
    'does one without NPUs (rancher#17000): a tenant that may have none of them needs a zero.',
  check({ cluster }) {
    return cluster.tenants.map((tenant) => {
      const { resourceName, written, guarantee, ceiling } = tenant;
      const key = `requests.${resourceName}`;
      const numbers = {
        quota: written.quota[key],
        capability: written.capability[resourceName],
        guarantee: written.guarantee?.[resourceName],
      };
      const others = faultyKeys(cluster, tenant);
      const holds =
        numberOf(numbers.quota) === ceiling &&
        numberOf(numbers.capability) === ceiling &&
        (numberOf(numbers.guarantee) ?? 0) === guarantee &&
        others.length === 0;
      const extra = others.length > 0 ? `, and ${others.join(', ')}` : '';
      return {
        path: tenant.path,
        holds,
        statement: `quota ${key} ${numbers.quota ?? 'none'}, capability ${numbers.capability ?? 'none'}, ceiling ${ceiling}; guarantee of the queue ${numbers.guarantee ?? '0'}, sold ${guarantee}${extra}`,
        remedy: `write ${ceiling} as ${key} of the quota and as capability of the queue, and ${guarantee} as its guarantee${others.length > 0 ? '; other NPUs as requests. with 0' : ''}`,
      };
    });
  },
};

function numberOf(amount: string | undefined): number | undefined {
  return amount === undefined ? undefined : quantity(amount);
}

/** Keys of the quota that bind nothing or bind another resource, and other NPUs of the cluster without a zero. */
function faultyKeys(cluster: ClusterInventory, { written, resourceName }: TenantEntry): string[] {
  const { quota } = written;
  const others = resourceNames(cluster)
    .filter((name) => name !== resourceName)
    .map((name) => `requests.${name}`);
  const wrong = Object.keys(quota).filter(
    (key) =>
      key.includes('/') &&
      key !== `requests.${resourceName}` &&
      !(others.includes(key) && quantity(quota[key] ?? '') === 0),
  );
  const open = others.filter((key) => quota[key] === undefined);
  return [...wrong, ...open.map((key) => `no ${key}`)];
}
