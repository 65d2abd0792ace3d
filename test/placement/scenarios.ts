import { App } from 'cdktf';
import type { ClusterInventory, ServingEntry } from '../../constructs';
import { buildCentre } from '../../stacks/build';
import { tianjin } from '../../stacks/tianjin';
import { hosts, PLAIN_CLUSTER, poolEntryOf } from '../helpers/inventory';
import { temporaryFolder } from '../helpers/temporary-folder';

const NPU = 'huawei.com/Ascend910';

/** A cluster whose pods are placed, and what it is to show. */
export interface Scenario {
  readonly name: string;
  readonly cluster: ClusterInventory;
}

/** Clusters of the centre as they are. */
export function centreScenarios(phases: readonly string[]): Scenario[] {
  const app = new App({ outdir: temporaryFolder(), skipValidation: true });
  return buildCentre(app, tianjin, { kubeconfig: '~', contexts: {} })
    .phases.filter(({ phase }) => phases.includes(phase.id))
    .map(({ phase, cluster }) => ({
      name: `${phase.cluster.name} as it is`,
      cluster: cluster.cluster.inventory(),
    }));
}

/** Each row fills a server: every NPU of all servers is asked for, so that a wrong choice cannot be mended. */
const FULL = [[8], [5, 3], [6, 2], [4, 3, 1]] as const;

/** So many servers, a multiple of four, and pods of mixed sizes that fill them to the last NPU. */
export function fullScenario(servers: number): Scenario {
  const sizes = FULL.flat();
  const servings = [...new Set(sizes)].map(
    (npus): ServingEntry => ({
      path: `models/s-${npus}`,
      name: `s-${npus}`,
      model: 'mixed',
      namespace: 'nankai',
      resourceName: NPU,
      pool: 'npu',
      npusPerReplica: npus,
      podsPerReplica: 1,
      podCpus: npus * 20,
      podMemoryGib: npus * 160,
      replicas: (servers / FULL.length) * sizes.filter((size) => size === npus).length,
      surge: 0,
      nodeSelector: { 'aicc.internal/pool': 'npu' },
      tolerations: [{ key: NPU, operator: 'Exists', effect: 'NoSchedule' }],
    }),
  );
  return {
    name: `${servers} servers filled to the last NPU with pods of 1 to 8`,
    cluster: {
      ...PLAIN_CLUSTER,
      path: 'full',
      name: 'full',
      pools: [poolEntryOf({ hosts: hosts(servers, 0, 'full') })],
      tenants: [],
      servings,
    },
  };
}
