import type { PhaseInventory } from '../inventory';
import type { PhasesProof } from '../proof';

export const serversAdded: PhasesProof = {
  id: 'AICC-CAP-007',
  level: 'error',
  title: 'a phase adds servers and takes none',
  why:
    'A phase brings servers of its own and takes none from an earlier one: no server, rack or ' +
    'cluster is counted twice, and what runs does not move.',
  check({ phases }) {
    const last = phases.at(-1);
    if (last === undefined) return [];
    const earlier = new Set(phases.slice(0, -1).flatMap(namesOf));
    const own = namesOf(last);
    const taken = own.filter((name) => earlier.has(name));
    const hosts = last.cluster.pools.flatMap((pool) => pool.hosts).length;
    const shown = [...taken.slice(0, 3), ...(taken.length > 3 ? ['…'] : [])].join(', ');
    return [
      {
        path: last.cluster.path,
        holds: taken.length === 0 && hosts > 0,
        statement: `${hosts} servers, ${taken.length} names of cluster, servers and racks of ${own.length} that earlier phases have${taken.length > 0 ? `: ${shown}` : ''}`,
        remedy: 'add servers with names that no earlier phase has',
      },
    ];
  },
};

function namesOf({ cluster }: PhaseInventory): string[] {
  const hosts = cluster.pools.flatMap((pool) => pool.hosts);
  const racks = new Set(hosts.map((host) => `rack ${host.rack}`));
  return [
    `cluster ${cluster.name}`,
    ...hosts.map((host) => host.name),
    ...cluster.management.hosts,
    ...racks,
  ];
}
