import type { V1Pod } from '@kubernetes/client-node';
import { clusterTotals, sum } from '../../core/capacity';
import type { DeclaredPhase } from '../declared/phase';
import type { LiveCluster } from '../live/cluster';
import { waitFor } from '../live/wait-for';
import type { Refusal } from './apply';
import type { ExpandedGroup } from './expand-groups';
import type { GuaranteeJobs } from './guarantees';
import {
  byClass,
  type LiveNode,
  pendingPods,
  placedGroups,
  placement,
  refusedPods,
} from './observe';
import type { PhaseRehearsal, PodClass, PodCounts, StackResult, TenantResult } from './report';

export interface Observed {
  readonly stacks: readonly StackResult[];
  /** Of what stands in for controllers and for load. */
  readonly refused: readonly Refusal[];
  readonly groups: readonly ExpandedGroup[];
  readonly guarantees: readonly GuaranteeJobs[];
  readonly counts: Readonly<Record<PodClass, PodCounts>>;
  readonly pods: readonly V1Pod[];
}

/** What runs, and everything of it that is not as the inventory promises. */
export async function compare(
  cluster: LiveCluster,
  phase: DeclaredPhase,
  { stacks, refused, groups, guarantees, counts, pods }: Observed,
): Promise<Omit<PhaseRehearsal, 'kubernetes' | 'steps'>> {
  const totals = clusterTotals(phase.cluster);
  const nodes = await cluster.list<LiveNode>('v1', 'Node');
  const placed = placement(phase, nodes, pods);
  const { problems: broken, ...placedWhole } = placedGroups(groups, pods);
  const tenants = await countedQuotas(cluster, phase, guarantees);
  const pending = pendingPods(Object.values(byClass(phase, pods)).flat());
  const missing = Object.entries(counts).filter(([, c]) => c.admitted < c.wanted);
  const promised = sum(guarantees.map((tenant) => tenant.servingNpus + tenant.jobNpus));
  const problems = [
    ...[...stacks.flatMap((stack) => stack.refused), ...refused].map(
      ({ object, reason }) => `${object} was refused: ${reason}`,
    ),
    ...missing.map(
      ([name, c]) => `${name}: ${c.wanted - c.admitted} of ${c.wanted} pods are missing`,
    ),
    ...(missing.length > 0 ? await refusedPods(cluster) : []),
    ...pending.map((p) => `${p.pods} pods do not run, ${p.example} one of them: ${p.reason}`),
    ...broken,
    ...placed.problems,
    ...(placed.inUse === promised
      ? []
      : [`pods hold ${placed.inUse} NPUs, and servings and guarantees are ${promised}`]),
    ...tenants.flatMap(quotaProblems),
  ];
  return {
    phase: phase.id,
    cluster: phase.cluster.name,
    result: problems.length === 0 ? 'passed' : 'failed',
    problems,
    servers: totals.servers,
    stacks,
    pods: counts,
    groups: placedWhole,
    pending,
    npus: {
      declared: totals.npus,
      usable: totals.usableNpus,
      guaranteed: sum(phase.cluster.tenants.map((tenant) => tenant.guarantee)),
      allocatable: placed.allocatable,
      inUse: placed.inUse,
      petaflopsInUse: placed.petaflopsInUse,
      petaflopsUsable: totals.usablePetaflops,
    },
    tenants,
  };
}

interface Quota {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly status?: {
    readonly hard?: Readonly<Record<string, string>>;
    readonly used?: Readonly<Record<string, string>>;
  };
}

/** Seconds that the quota controller has to count what there is. */
const COUNTING = 30;

async function countedQuotas(
  cluster: LiveCluster,
  phase: DeclaredPhase,
  guarantees: readonly GuaranteeJobs[],
): Promise<TenantResult[]> {
  const end = Date.now() + COUNTING * 1000;
  return waitFor(
    'quotas',
    Number.POSITIVE_INFINITY,
    () => tenantResults(cluster, phase, guarantees),
    (tenants) => tenants.flatMap(quotaProblems).length === 0 || Date.now() > end,
  );
}

async function tenantResults(
  cluster: LiveCluster,
  { cluster: { tenants } }: DeclaredPhase,
  guarantees: readonly GuaranteeJobs[],
): Promise<TenantResult[]> {
  const quotas = await cluster.list<Quota>('v1', 'ResourceQuota', {
    fields: 'metadata.name=tenant',
  });
  return tenants.map(({ namespace, resourceName, guarantee, ceiling }) => {
    const load = guarantees.find((entry) => entry.namespace === namespace);
    const status = quotas.find(({ metadata }) => metadata.namespace === namespace)?.status;
    const key = `requests.${resourceName}`;
    return {
      namespace,
      guarantee,
      ceiling,
      byServings: load?.servingNpus ?? 0,
      byJobs: load?.jobNpus ?? 0,
      quotaUsed: Number(status?.used?.[key] ?? 0),
      quotaHard: Number(status?.hard?.[key] ?? 0),
    };
  });
}

function quotaProblems({ namespace, ceiling, byServings, byJobs, ...quota }: TenantResult) {
  const held = byServings + byJobs;
  return [
    ...(quota.quotaHard === ceiling
      ? []
      : [`quota of ${namespace} allows ${quota.quotaHard} NPUs, and its ceiling is ${ceiling}`]),
    ...(quota.quotaUsed === held
      ? []
      : [`quota of ${namespace} counts ${quota.quotaUsed} NPUs, and its pods ask for ${held}`]),
  ];
}
