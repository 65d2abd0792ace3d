import { serversInService } from '../../inventory';
import { servingProof } from './serving-proof';

export const groupsHaveServers = servingProof(
  {
    id: 'AICC-SRV-015',
    title: 'groups have enough servers in one cluster',
    why: 'All groups find servers in the one pool: each pod of a group needs a server of its own.',
  },
  ({ plan, pool, cluster }) => {
    const { podsPerReplica, npusPerPod } = plan;
    if (podsPerReplica === 1) return undefined;
    const replicas = plan.maxReplicas ?? plan.replicas;
    const podsPerServer = Math.floor(pool.npusPerServer / npusPerPod);
    // A pod that no server holds: AICC-SRV-006 speaks of it.
    if (podsPerServer === 0) return undefined;
    const servers = serversInService(pool);
    const least = Math.max(podsPerReplica, Math.ceil((replicas * podsPerReplica) / podsPerServer));
    const holds = least <= servers;
    return {
      holds,
      statement: `${replicas} groups × ${podsPerReplica} pods, ${podsPerServer} a server = ${least} servers ${holds ? '≤' : '>'} ${servers} in service in pool ${pool.name} of ${cluster.name}`,
      remedy: `remove replicas or add ${Math.max(0, least - servers)} servers to ${pool.name}`,
    };
  },
);
