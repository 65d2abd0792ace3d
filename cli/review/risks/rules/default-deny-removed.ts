import type { V1NetworkPolicy } from '@kubernetes/client-node';
import { changesOf, namespaceOf, namespacesThat } from '../../compare/objects';
import { about, type RiskRule } from '../risk';

export const defaultDenyRemoved: RiskRule = {
  id: 'AICC-RISK-002',
  level: 'error',
  title: 'default deny of a namespace removed',
  why: 'A policy that closes all pods of a namespace goes, or closes less, while the namespace stays.',
  remedy: 'keep it and allow what is needed by a policy of its own',
  check({ changes }) {
    const gone = namespacesThat('go', changes);
    return changesOf(changes, 'NetworkPolicy')
      .filter(({ change }) => !gone.has(namespaceOf(change)))
      .map(({ change, before, after }) => {
        const open = closedBy(before).filter((way) => !closedBy(after).includes(way));
        if (open.length === 0) return undefined;
        const name = `${change.namespace}/${change.name}`;
        return about(change, `${name} does not close ${open.join(' and ')} any more`);
      });
  },
};

/** `Ingress` and `Egress`, as far as a policy closes them for all pods and lets nothing through. */
function closedBy(policy: V1NetworkPolicy | undefined): string[] {
  const { podSelector, policyTypes = [], ingress = [], egress = [] } = policy?.spec ?? {};
  if (!policy || Object.keys(podSelector ?? {}).length > 0) return [];
  const rules: Readonly<Record<string, readonly unknown[]>> = { Ingress: ingress, Egress: egress };
  return policyTypes.filter((type) => rules[type]?.length === 0);
}
