import type { Refusal } from './apply';

/** What a rehearsal found; `aicc rehearse --json` prints it. Petaflops are dense FP16 peak. */
export interface Rehearsal {
  readonly result: 'passed' | 'failed';
  readonly phases: readonly PhaseRehearsal[];
  /** What a simulated node does not show. */
  readonly notShown: string;
}

export interface PhaseRehearsal {
  readonly phase: string;
  readonly cluster: string;
  /** Version of the API server, `v1.34.4`. */
  readonly kubernetes: string;
  readonly result: 'passed' | 'failed';
  /** Everything that is not as the inventory promises; none where it passed. */
  readonly problems: readonly string[];
  readonly servers: number;
  readonly stacks: readonly StackResult[];
  readonly pods: Readonly<Record<PodClass, PodCounts>>;
  readonly groups: GroupCounts;
  /** Pods that run nowhere, by reason. */
  readonly pending: readonly PendingPods[];
  readonly npus: NpuCounts;
  readonly tenants: readonly TenantResult[];
  readonly steps: readonly Step[];
}

export interface StackResult {
  readonly stack: string;
  readonly applied: number;
  readonly refused: readonly Refusal[];
}

/** Of the cluster's components, of servings, and of the Jobs that stand for the rest of the guarantees. */
export type PodClass = 'components' | 'servings' | 'jobs';

export interface PodCounts {
  readonly wanted: number;
  /** Taken by the API server. */
  readonly admitted: number;
  readonly running: number;
}

/** Replicas of models over several servers. */
export interface GroupCounts {
  readonly wanted: number;
  /** All of whose pods run. */
  readonly whole: number;
}

export interface PendingPods {
  readonly reason: string;
  readonly pods: number;
  /** `namespace/name` of one of them. */
  readonly example: string;
}

export interface NpuCounts {
  /** All NPUs of the phase, and those that can be sold. */
  readonly declared: number;
  readonly usable: number;
  readonly guaranteed: number;
  /** What nodes offer, and what pods hold. */
  readonly allocatable: number;
  readonly inUse: number;
  readonly petaflopsInUse: number;
  readonly petaflopsUsable: number;
}

/** NPUs of a tenant, and what its quota allows and has counted. */
export interface TenantResult {
  readonly namespace: string;
  readonly guarantee: number;
  readonly ceiling: number;
  readonly byServings: number;
  readonly byJobs: number;
  readonly quotaUsed: number;
  readonly quotaHard: number;
}

export interface Step {
  /** `nodes`, `jobs`, `pods` or the name of a stack. */
  readonly name: string;
  /** The same in words, with numbers. */
  readonly what: string;
  readonly seconds: number;
}

export const NOT_SHOWN =
  'A simulated node admits and schedules: it runs no container, pulls no image and probes nothing. The plain scheduler stands in for Volcano: no queue and no gang is shown. Volumes and the pods of groups over several servers are made by the rehearsal.';
