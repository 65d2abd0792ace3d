import { sum } from '../inventory';
import type { ClusterProof } from '../proof';
import { isSideOf } from '../replacements';

export const retiredModelsGone: ClusterProof = {
  id: 'AICC-LOC-002',
  level: 'error',
  title: 'a retired foreign model does not run any more',
  why:
    'A foreign model whose last replacement is done runs nowhere on the cluster of its alias ' +
    'any more.',
  check({ cluster }) {
    const { servings, replacements = [] } = cluster;
    // The same foreign model may stand behind another alias that still needs it.
    const needed = replacements.filter(({ stage }) => stage !== 'retired');
    return replacements
      .filter(({ stage }) => stage === 'retired')
      .map(({ path, alias, foreign }) => {
        const running = servings.filter(
          (serving) =>
            serving.model === foreign.model && !needed.some((entry) => isSideOf(serving, entry)),
        );
        const npus = sum(running.map((serving) => serving.replicas * serving.npusPerReplica));
        const names = running.map((serving) => `${serving.namespace}/${serving.name}`);
        return {
          path,
          holds: running.length === 0,
          statement: `${alias} is retired, ${foreign.model} holds ${npus} NPUs${names.length > 0 ? ` as ${names.join(', ')}` : ''}`,
          remedy: `remove the servings of ${foreign.model}, or take ${alias} back to default`,
        };
      });
  },
};
