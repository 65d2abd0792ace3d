import { performance } from 'node:perf_hooks';
import { App } from 'cdktf';
import {
  type ClusterInventory,
  placeCluster,
  runProofs,
  type ServingEntry,
  type ServingPlan,
} from '../constructs';
import { buildCentre, validateAll } from '../stacks/build';
import { centreCapacity } from '../stacks/capacity-file';
import { tianjin } from '../stacks/tianjin';
import { PLAN, ranks } from '../test/core/capacity/serving-fixtures';
import { hosts, PLAIN_CLUSTER, poolEntryOf, written } from '../test/helpers/inventory';

const NPU = 'huawei.com/Ascend910';

/** So many tenants with servings of one pod each; `sizes` are the NPUs of the pods of a tenant. */
function inventory(servers: number, tenants: number, sizes: readonly number[]): ClusterInventory {
  const names = Array.from({ length: tenants }, (_, index) => `tenant-${index}`);
  const share = sizes.reduce((all, size) => all + size, 0);
  return {
    ...PLAIN_CLUSTER,
    path: 'bench',
    name: 'bench',
    pools: [poolEntryOf({ hosts: hosts(servers) })],
    tenants: names.map((namespace) => ({
      path: `tenants/${namespace}`,
      namespace,
      resourceName: NPU,
      guarantee: share,
      ceiling: share,
      state: 'active',
      podSecurity: 'restricted',
      priorityClasses: ['batch'],
      written: written(share, share),
    })),
    servings: names.flatMap((namespace) =>
      sizes.map((npus, index) => ({
        path: `models/${namespace}-${index}`,
        name: `s-${index}`,
        model: 'bench',
        namespace,
        resourceName: NPU,
        pool: 'npu',
        npusPerReplica: npus,
        podsPerReplica: 1,
        podCpus: 10,
        podMemoryGib: 80,
        replicas: 1,
        surge: 0,
        nodeSelector: { 'aicc.internal/pool': 'npu' },
        tolerations: [{ key: NPU, operator: 'Exists', effect: 'NoSchedule' }],
      })),
    ),
  };
}

/** What `ModelServing` says of such a serving: a small model on one NPU. */
function planOf(entry: ServingEntry): ServingPlan {
  const { path, name, namespace, podCpus, podMemoryGib, replicas } = entry;
  return {
    ...PLAN,
    ...{ path, name, namespace, podCpus, podMemoryGib, replicas },
    model: { ...PLAN.model, weightsGib: { value: 16, source: 'bench' } },
    parallelism: ranks(1),
    npusPerPod: 1,
    shmGib: 1,
  };
}

const WORK: Readonly<Record<string, () => () => unknown>> = {
  /** Everything that validation and `capacity.json` add to the synthesis of the centre. */
  centre: () => {
    const app = new App({ outdir: process.argv[3], skipValidation: true });
    const built = buildCentre(app, tianjin, { kubeconfig: '~', contexts: {} });
    return () => {
      validateAll(app);
      return centreCapacity(tianjin, built);
    };
  },
  /** 1,000 tenants with ten servings of one pod each, all proofs of cluster and servings, on 1,250 servers without an NPU to spare. */
  tenants: () => {
    const cluster = inventory(1250, 1000, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    const servings = cluster.servings.map(planOf);
    return () => {
      const failed = [
        ...runProofs({ kind: 'cluster', cluster }),
        ...runProofs({ kind: 'servings', cluster, servings }),
      ].filter((result) => result.status === 'failed');
      if (failed.length > 0) throw new Error(failed[0]?.statement);
    };
  },
  /** 280 servers with ten pods each, half of them without NPUs, and every NPU taken. */
  packer: () => {
    const cluster = inventory(280, 280, [4, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
    return () => {
      const { outcome, pods } = placeCluster(cluster);
      if (outcome !== 'placed' || pods.length !== 2800)
        throw new Error(`${outcome}: ${pods.length}`);
    };
  },
};

/** Prints how long a piece of work takes in this process, without loading and without what it needs. */
function main(name = ''): void {
  const prepare = WORK[name];
  if (!prepare) throw new Error(`use one of ${Object.keys(WORK).join(', ')}, got: '${name}'`);
  const work = prepare();
  const start = performance.now();
  work();
  process.stderr.write(`seconds=${(performance.now() - start) / 1000}\n`);
}

main(process.argv[2]);
