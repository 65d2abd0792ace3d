import {
  type AcceleratorId,
  findServer,
  npuToleration,
  SERVER_FORMS,
  type Server,
  type ServerForm,
  visibleMemoryGib,
} from '../accelerator';
import {
  type ClusterInventory,
  cachePerDevice,
  type DeviceMemory,
  deviceMemory,
  isKnown,
  MAX_PODS,
  type MemoryTerm,
  type ProofResult,
  poolEntry,
  runProofs,
  type ServingPlan,
} from '../capacity';
import type { ModelDeployment, Weights, WeightsModel } from '../catalogue';
import { fitOnPool, type Sizing } from './fit';
import { replicaPlan } from './replica-plan';
import { READ_GIB_PER_SECOND, type StartBudget, startBudget } from './start-budget';

/** Chips of a server form that are the same to models: family and memory decide. */
export interface ServerKind {
  readonly form: ServerForm;
  readonly accelerators: readonly AcceleratorId[];
  readonly server: Server;
}

/** How a replica of a model runs on servers of a kind. */
export interface ReplicaFit {
  readonly deployment: ModelDeployment;
  readonly weights: Weights;
  readonly plan: ServingPlan;
  readonly memory: DeviceMemory;
  /** KV cache of one request of the asked context on each device. @default - not proven */
  readonly cache?: MemoryTerm;
  /** Tokens that the cache of a data-parallel rank holds at most. @default - not proven */
  readonly cacheTokens?: number;
  readonly start: StartBudget;
  /** Why it is not fewer NPUs. */
  readonly limit: string;
  /** What no source lets prove. */
  readonly notProven: readonly string[];
}

export interface ModelFit {
  readonly kind: ServerKind;
  /** @default - it does not run there */
  readonly replica?: ReplicaFit;
  /** Why it does not run there; none where it does. */
  readonly reasons: readonly string[];
}

/** Every server form of the catalogue with its chips, those that are the same to models together. */
export function serverKinds(): ServerKind[] {
  return Object.values(SERVER_FORMS).flatMap((form) => {
    const kinds = new Map<number, ServerKind>();
    for (const id of form.accelerators) {
      const server = findServer(form.id, id);
      // No petaflops are known of it, so that no pool can have it.
      if (Array.isArray(server)) continue;
      const known = kinds.get(visibleMemoryGib(server));
      const accelerators = [...(known?.accelerators ?? []), id];
      kinds.set(visibleMemoryGib(server), { form, accelerators, server });
    }
    return [...kinds.values()];
  });
}

/** How a model runs on servers of a kind by the documented deployment, or why it does not. */
export function modelFit(model: WeightsModel, kind: ServerKind): ModelFit {
  const fit = fitOnPool(model, { name: kind.form.id, server: kind.server });
  if (Array.isArray(fit)) return { kind, reasons: fit };
  const plan = planOf(model, fit, kind);
  const results = prove(plan, kind);
  const failed = results.filter((result) => !result.holds);
  if (failed.length > 0) {
    return { kind, reasons: failed.map(({ id, statement }) => `${id}: ${statement}`) };
  }
  return { kind, reasons: [], replica: replicaFit(model, fit, plan, kind.server, results) };
}

function planOf(model: WeightsModel, fit: Sizing, { form, server }: ServerKind): ServingPlan {
  const { resourceName } = server.accelerator;
  return {
    ...replicaPlan(model, fit, server, { arguments: {}, environment: {}, flags: {} }),
    path: model.id,
    name: model.id,
    namespace: model.id,
    resourceName,
    pool: form.id,
    replicas: 1,
    rollout: { maxSurge: 0, maxUnavailable: 1 },
    nodeSelector: {},
    tolerations: [npuToleration(resourceName)],
  };
}

/** The proofs about servings, on as many servers as one replica needs. */
function prove(plan: ServingPlan, { form, server }: ServerKind): ProofResult[] {
  const pool = {
    name: form.id,
    server,
    resourceName: server.accelerator.resourceName,
    maxPods: MAX_PODS,
    hosts: Array.from({ length: plan.podsPerReplica }, (_, index) => ({
      name: `server-${index + 1}`,
      rack: 'rack',
      inService: true,
    })),
    spareServers: 0,
  };
  const cluster: ClusterInventory = {
    path: plan.path,
    name: 'fit',
    pools: [poolEntry(pool, {})],
    management: { hosts: [], cpus: 0, memoryGib: 0, labels: {} },
    components: [],
    priorities: [],
    tenants: [],
    servings: [],
  };
  return runProofs({ kind: 'servings', cluster, servings: [plan] });
}

function replicaFit(
  served: WeightsModel,
  fit: Sizing,
  plan: ServingPlan,
  server: Server,
  results: readonly ProofResult[],
): ReplicaFit {
  const { model, parallelism } = plan;
  const memory = deviceMemory(plan, server);
  const { attention, contextTokens } = model;
  const known = parallelism && isKnown(attention) ? attention.value : undefined;
  const cache =
    parallelism && known && contextTokens !== undefined
      ? cachePerDevice(known, parallelism, contextTokens)
      : undefined;
  const perToken = parallelism && known && cachePerDevice(known, parallelism, 1).gib;
  const cacheTokens =
    perToken && memory.cacheRoomGib !== undefined
      ? Math.floor(memory.cacheRoomGib / perToken)
      : undefined;
  return {
    deployment: fit.deployment,
    weights: fit.weights,
    plan,
    memory,
    ...(cache ? { cache } : {}),
    ...(cacheTokens === undefined ? {} : { cacheTokens }),
    start: startBudget(served, fit, READ_GIB_PER_SECOND.value),
    limit: limitOf(plan, server),
    notProven: [...new Set(results.flatMap(({ notProven }) => notProven ?? []))],
  };
}

/** Why a replica does not have half its NPUs: nobody says how well it would run, but this would stop it. */
function limitOf(plan: ServingPlan, server: Server): string {
  const { parallelism, npusPerPod, podsPerReplica } = plan;
  if (npusPerPod * podsPerReplica === 1) return 'one NPU';
  if (!parallelism) return 'documented';
  const { tensor, data } = parallelism;
  const half = {
    ...plan,
    npusPerPod: npusPerPod / 2,
    parallelism: {
      ...parallelism,
      ...(data > 1 ? { data: data / 2 } : { tensor: tensor / 2 }),
    },
  };
  const { roomGib } = deviceMemory(half, server);
  return roomGib !== undefined && roomGib < 0 ? 'memory' : 'documented';
}
