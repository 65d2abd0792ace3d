import type { RbacV1Subject } from '@kubernetes/client-node';
import { changesOf, isOfWholeStack, namespaceOf, namespacesThat } from '../../compare/objects';
import { about, type RiskRule } from '../risk';

export const roleBound: RiskRule = {
  id: 'AICC-RISK-007',
  level: 'warning',
  title: 'role bound to a new group or account',
  why: 'Somebody gets a role that did not have it. A new tenant with its own groups is none of that.',
  remedy: 'check with the owner of the namespace who is in it',
  check({ changes }) {
    const come = namespacesThat('come', changes);
    return changesOf(changes, 'RoleBinding', 'ClusterRoleBinding')
      .filter(({ change }) => !come.has(namespaceOf(change)) && !isOfWholeStack(change))
      .map(({ change, before, after }) => {
        const [was, is] = [before?.roleRef, after?.roleRef];
        const sameRole = was?.name === is?.name && was?.kind === is?.kind;
        const old = new Set(sameRole ? (before?.subjects ?? []).map(describe) : []);
        const added = (after?.subjects ?? []).map(describe).filter((name) => !old.has(name));
        const where = change.namespace ? `in ${change.namespace}` : 'in the whole cluster';
        return about(
          change,
          added.map((subject) => `${subject} gets ${is?.kind} ${is?.name} ${where}`),
        );
      });
  },
};

function describe({ kind, name, namespace }: RbacV1Subject): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
