import type { Workload } from '../../../kubernetes/workloads';
import type { ResourceChange } from '../../compare/change';
import { changesOf, namespaceOf, namespacesThat, workloadChanges } from '../../compare/objects';
import { about, type RiskRule } from '../risk';

export const claimGone: RiskRule = {
  id: 'AICC-RISK-024',
  level: 'error',
  title: 'claim deleted with what is on it',
  why: 'A claim is deleted with what is on it, and nothing that mounted it goes or leaves it.',
  remedy: 'keep its size, class and name; docs/deployment.md says how a claim is removed',
  check({ changes }) {
    const gone = namespacesThat('go', changes);
    const left = leftClaims(changes);
    return changesOf(changes, 'PersistentVolumeClaim').map(({ change, before, after }) => {
      const { path, action, namespace, name } = change;
      // With its namespace: that is a risk of its own, or was said before.
      if (gone.has(namespaceOf(change))) return undefined;
      const [was, is] = [before, after].map((claim) => claim?.spec?.resources?.requests?.storage);
      const claim = `${namespace}/${name}`;
      if (action === 'replace') {
        return about(change, `${claim} is recreated${was === is ? '' : ` with ${is} for ${was}`}`);
      }
      if (action !== 'destroy' || left.has(keyOf(change, name))) return undefined;
      const statement = `${claim} of ${was} goes, and nothing that mounted it`;
      return { path, statement, remedy: 'keep it, or remove what mounts it as well' };
    });
  },
};

/** Claims that a workload mounted and does not any more. A Job that filled one does not count. */
function leftClaims(changes: readonly ResourceChange[]): ReadonlySet<string> {
  return new Set(
    workloadChanges(changes)
      .filter(({ change }) => change.kind !== 'Job')
      .flatMap(({ change, before, after }) => {
        const now = change.action === 'destroy' ? [] : mounted(after);
        return mounted(before)
          .filter((claim) => !now.includes(claim))
          .map((claim) => keyOf(change, claim));
      }),
  );
}

function mounted(workload: Workload | undefined): string[] {
  return Object.values(workload?.templates ?? {}).flatMap(({ spec }) =>
    (spec?.volumes ?? []).flatMap((volume) => volume.persistentVolumeClaim?.claimName ?? []),
  );
}

function keyOf(change: ResourceChange, claim: string): string {
  return `${namespaceOf(change)} ${claim}`;
}
