import type { RbacV1Subject } from '@kubernetes/client-node';
import { changesOf, isOfWholeStack, namespaceOf, namespacesThat } from '../../compare/objects';
import type { RiskRule } from '../risk';

export const roleBound: RiskRule = {
  id: 'AICC-RISK-007',
  level: 'warning',
  title: 'role bound to a new group or account',
  why: 'Somebody gets a role that did not have it. A new tenant with its own groups is none of that.',
  check({ changes }) {
    const come = namespacesThat('come', changes);
    return changesOf(changes, 'RoleBinding', 'ClusterRoleBinding')
      .filter(({ change }) => !come.has(namespaceOf(change)) && !isOfWholeStack(change))
      .flatMap(({ change, before, after }) => {
        const sameRole =
          before?.roleRef.name === after?.roleRef.name &&
          before?.roleRef.kind === after?.roleRef.kind;
        const old = new Set(sameRole ? (before?.subjects ?? []).map(describe) : []);
        const added = (after?.subjects ?? []).map(describe).filter((name) => !old.has(name));
        const where = change.namespace ? `in ${change.namespace}` : 'in the whole cluster';
        return added.map((subject) => ({
          path: change.path,
          statement: `${subject} gets ${after?.roleRef.kind} ${after?.roleRef.name} ${where}`,
          remedy: 'check with the owner of the namespace who is in it',
        }));
      });
  },
};

function describe({ kind, name, namespace }: RbacV1Subject): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
