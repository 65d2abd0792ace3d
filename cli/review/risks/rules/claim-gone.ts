import { changesOf, namespaceOf, namespacesThat } from '../../compare/objects';
import type { RiskRule } from '../risk';

export const claimGone: RiskRule = {
  id: 'AICC-RISK-024',
  level: 'error',
  title: 'claim deleted with what is on it',
  why: 'A claim is deleted with what is on it, for hundreds of GiB of weights to be fetched again.',
  check({ changes }) {
    const gone = namespacesThat('go', changes);
    return changesOf(changes, 'PersistentVolumeClaim').flatMap(({ change, before, after }) => {
      const { action, namespace, name } = change;
      if (action !== 'destroy' && action !== 'replace') return [];
      // With its namespace: that is a risk of its own, or was said before.
      if (gone.has(namespaceOf(change))) return [];
      const [was, is] = [before, after].map((claim) => claim?.spec?.resources?.requests?.storage);
      const [how, remedy] =
        action === 'replace'
          ? [
              was === is ? 'is made anew' : `is made anew with ${is} for ${was}`,
              'keep its size, class and name; a smaller one is a new claim beside it (docs/deployment.md, Claims of weights)',
            ]
          : [
              `of ${was} goes`,
              'see that nothing else wants what is on it, and acknowledge the risk',
            ];
      return [{ path: change.path, statement: `${namespace}/${name} ${how}`, remedy }];
    });
  },
};
