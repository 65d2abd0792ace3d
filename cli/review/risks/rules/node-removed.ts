import type { Finding } from '../../../../core/rules';
import type { RiskRule } from '../risk';

export const nodeRemoved: RiskRule = {
  id: 'AICC-RISK-018',
  level: 'error',
  title: 'server removed while it carries placements',
  why: 'A server goes, or is taken out of service, on which pods are placed until now.',
  check({ before, after }) {
    return (before?.clusters ?? []).flatMap((cluster): Finding[] => {
      // What an older release wrote may have no placement.
      const now = after?.clusters.find(({ name }) => name === cluster.name);
      const left = new Set(
        now?.pools.flatMap(({ hosts }) =>
          hosts.filter((host) => host.inService).map((h) => h.name),
        ),
      );
      const lost = (cluster.placement?.pods ?? []).filter(
        ({ kind, server }) => (kind === 'serving' || kind === 'guarantee') && !left.has(server),
      );
      const servers = [...new Set(lost.map(({ server }) => server))];
      return servers.length === 0
        ? []
        : [
            {
              path: now?.path ?? cluster.path,
              statement: `${cluster.name} loses ${servers.slice(0, 3).join(', ')}${servers.length > 3 ? ` and ${servers.length - 3} more` : ''}, on which ${lost.length} pods are placed`,
              remedy: 'drain these servers first, or take away others that are empty',
            },
          ];
    });
  },
};
