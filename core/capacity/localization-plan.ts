import {
  type ClusterInventory,
  clusterTotals,
  guaranteedNpus,
  sum,
  type TenantEntry,
} from './inventory';
import { npusAt, type ReplacementEntry, STAGES, type Stage, stageIndex } from './replacements';

/** One step of one replacement. */
export interface PlanStep {
  readonly alias: string;
  readonly from: Stage;
  readonly to: Stage;
  /** NPUs that the step starts, and that it gives back. */
  readonly started: number;
  readonly returned: number;
  /** NPUs that the namespace holds after the step; while it is under way `started` come before `returned`. */
  readonly used: number;
  /** NPUs left below the limit after the step. */
  readonly free: number;
  /** NPUs beyond the guarantee while the step is under way: borrowed ones may have to be waited for. */
  readonly borrowed: number;
  readonly fits: boolean;
  /** What would make it fit. @default - it fits */
  readonly remedy?: string;
}

/** The steps of all replacements of a namespace, in an order in which they fit where there is one. */
export interface LocalizationPlan {
  readonly namespace: string;
  readonly resourceName: string;
  /** NPUs that the namespace holds now, both sides of every replacement and all other servings. */
  readonly used: number;
  /** NPUs that the namespace always has. */
  readonly guarantee: number;
  /** NPUs that the namespace can hold: its ceiling, or what others' guarantees leave of it. */
  readonly limit: number;
  /** How the limit comes about. */
  readonly limitedBy: string;
  readonly steps: readonly PlanStep[];
}

/** Plans of the namespaces of a cluster in which replacements are under way. */
export function localizationPlans(cluster: ClusterInventory): LocalizationPlan[] {
  const open = (cluster.replacements ?? []).filter(isOpen);
  return cluster.tenants.flatMap((tenant) => {
    const own = open.filter(
      ({ namespace, resourceName }) =>
        namespace === tenant.namespace && resourceName === tenant.resourceName,
    );
    return own.length > 0 ? [planOf(cluster, tenant, own)] : [];
  });
}

function isOpen({ stage, target }: ReplacementEntry): boolean {
  return stageIndex(stage) < stageIndex(target);
}

function planOf(
  cluster: ClusterInventory,
  tenant: TenantEntry,
  open: readonly ReplacementEntry[],
): LocalizationPlan {
  const { namespace, resourceName, guarantee, ceiling } = tenant;
  const { usableNpus } = clusterTotals(cluster, resourceName);
  const others = guaranteedNpus(cluster, resourceName) - guarantee;
  const limit = Math.min(ceiling, usableNpus - others);
  const used = sum(
    cluster.servings
      .filter((s) => s.namespace === namespace && s.resourceName === resourceName)
      .map((s) => (s.maxReplicas ?? s.replicas) * s.npusPerReplica),
  );
  return {
    namespace,
    resourceName,
    used,
    guarantee,
    limit,
    limitedBy:
      limit === ceiling
        ? `ceiling of ${namespace}`
        : `${usableNpus} usable − ${others} guaranteed to others`,
    steps: stepsInOrder(open, { used, guarantee, limit, namespace }),
  };
}

interface Room {
  readonly used: number;
  readonly guarantee: number;
  readonly limit: number;
  readonly namespace: string;
}

/**
 * A replacement needs most in its first step that starts something, and from then on only gives back.
 * So each is taken to its target before the next begins, and what is left is the order among them: first
 * those that end with no more than they had, the least need first; then those that end with more, those
 * first that give back most on the way. No order needs fewer NPUs at once (an exchange argument: tested
 * against all orders).
 */
function stepsInOrder(open: readonly ReplacementEntry[], room: Room): PlanStep[] {
  let { used } = room;
  const steps: PlanStep[] = [];
  for (const entry of inOrder(open)) {
    const own = stepsOf(entry);
    const short = Math.max(0, ...own.map((step) => used + step.started - room.limit));
    if (short > 0) {
      // Its later steps cannot be taken either; the other replacements still can.
      steps.push(blockedStep(entry, own, used, short, room));
      continue;
    }
    for (const { from, to, started, returned } of own) {
      const peak = used + started;
      used = peak - returned;
      steps.push({
        alias: entry.alias,
        from,
        to,
        started,
        returned,
        used,
        free: room.limit - used,
        borrowed: Math.max(0, peak - room.guarantee),
        fits: true,
      });
    }
  }
  return steps;
}

function inOrder(open: readonly ReplacementEntry[]): ReplacementEntry[] {
  const measured = open.map((entry) => {
    const steps = stepsOf(entry);
    const started = sum(steps.map((step) => step.started));
    const returned = sum(steps.map((step) => step.returned));
    return { entry, started, returned };
  });
  const byAlias = (a: { entry: ReplacementEntry }, b: { entry: ReplacementEntry }) =>
    a.entry.alias < b.entry.alias ? -1 : 1;
  const ends = measured.filter(({ started, returned }) => returned >= started);
  const grows = measured.filter(({ started, returned }) => returned < started);
  ends.sort((a, b) => a.started - b.started || byAlias(a, b));
  grows.sort((a, b) => b.returned - a.returned || byAlias(a, b));
  return [...ends, ...grows].map(({ entry }) => entry);
}

interface Change {
  readonly from: Stage;
  readonly to: Stage;
  readonly started: number;
  readonly returned: number;
}

/** The steps from the stage of a replacement to its target. */
function stepsOf(entry: ReplacementEntry): Change[] {
  const path = STAGES.slice(stageIndex(entry.stage), stageIndex(entry.target) + 1);
  return path.slice(1).map((to, index) => {
    const from = path[index] ?? entry.stage;
    const [before, after] = [npusAt(from, entry), npusAt(to, entry)];
    const changes = [after.foreign - before.foreign, after.domestic - before.domestic];
    return {
      from,
      to,
      started: sum(changes.filter((change) => change > 0)),
      returned: sum(changes.filter((change) => change < 0).map(Math.abs)),
    };
  });
}

function blockedStep(
  entry: ReplacementEntry,
  own: readonly Change[],
  used: number,
  short: number,
  { limit, guarantee, namespace }: Room,
): PlanStep {
  const step = own.find(({ started }) => used + started > limit);
  if (!step) throw new Error(`${entry.path}: a step that is short has been found before`);
  const { npusPerReplica, replicas } = entry.domestic;
  const possible = replicas - Math.ceil(short / npusPerReplica);
  return {
    alias: entry.alias,
    ...step,
    used,
    free: limit - used,
    borrowed: Math.max(0, used + step.started - guarantee),
    fits: false,
    remedy: [
      `${short} NPUs more for ${namespace}`,
      ...(possible > 0
        ? [`${possible} instead of ${replicas} replicas of ${entry.domestic.serving}`]
        : []),
    ].join(', or '),
  };
}
