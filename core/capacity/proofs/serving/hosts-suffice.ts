import { daemonsOf } from '../servers-have-room';
import { servingProof } from './serving-proof';

export const hostsSuffice = servingProof(
  {
    id: 'AICC-SRV-014',
    title: 'servers have CPUs and memory for the pods that their NPUs invite',
    why:
      'A server whose NPUs are all asked for by such pods has the CPUs and the memory for them, ' +
      'too: beside what the host and the components of the cluster take on every server.',
  },
  ({ plan, pool, cluster }) => {
    const pods = Math.floor(pool.npusPerServer / plan.npusPerPod);
    // A pod that no server holds: AICC-SRV-006 speaks of it.
    if (pods === 0) return undefined;
    const daemons = daemonsOf(cluster, pool);
    const cpus = pool.cpus - pool.systemCpus - daemons.cpus;
    const memory = pool.memoryGib - pool.systemMemoryGib - daemons.memoryGib;
    const [askedCpus, askedMemory] = [pods * plan.podCpus, pods * plan.podMemoryGib];
    const enough = [askedCpus <= cpus, askedMemory <= memory];
    return {
      holds: enough.every(Boolean),
      statement: `${pods} pods × ${plan.podCpus} = ${askedCpus} CPUs ${enough[0] ? '≤' : '>'} ${cpus} and ${pods} × ${plan.podMemoryGib} = ${askedMemory} GiB ${enough[1] ? '≤' : '>'} ${memory} that a server in ${pool.name} has beside its own and ${daemons.pods} components`,
      remedy: `ask for ${Math.floor(cpus / pods)} CPUs and ${Math.floor(memory / pods)} GiB a pod at most`,
    };
  },
);
