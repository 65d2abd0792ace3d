import type { DnsLabel } from '../schema/types';

/**
 * Stages of a replacement of a foreign model by a domestic one, in order. A stage is a dated step; it
 * has nothing to do with phases, which are capacity.
 *
 * `foreign`: the foreign model serves · `shadow`: the domestic one gets a copy of every request, its answers
 * are thrown away · `canary`: it answers a share of 1 to 50 % · `default`: it answers all, the foreign one is on
 * standby · `retired`: the foreign one is gone, its NPUs are returned.
 */
export const STAGES = ['foreign', 'shadow', 'canary', 'default', 'retired'] as const;
export type Stage = (typeof STAGES)[number];

/** Place of a stage in the order, from 0. */
export function stageIndex(stage: Stage): number {
  return STAGES.indexOf(stage);
}

/**
 * What the steps of a replacement rest on: figures that were measured, figures that are made up to show how it
 * works, or something that has not been published.
 */
export const EVIDENCE_KINDS = ['measured', 'illustrative', 'not public'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** One of the two models of a replacement, at full size. */
export interface ReplacementSide {
  /** Name of its serving. */
  readonly serving: string;
  /** Id of the model. */
  readonly model: string;
  readonly npusPerReplica: number;
  readonly replicas: number;
}

/** A replacement as it is registered with the cluster of its alias. */
export interface ReplacementEntry {
  /** Construct path. */
  readonly path: string;
  /** Name that clients call. */
  readonly alias: string;
  readonly namespace: string;
  readonly resourceName: string;
  readonly stage: Stage;
  /** Percent of requests that the domestic side answers, in `canary`. @default - another stage */
  readonly weight?: number;
  /** What steps rest on; reports show it. @default - nothing is said */
  readonly evidence?: EvidenceKind;
  /** Stage that is aimed at. */
  readonly target: Stage;
  readonly foreign: ReplacementSide;
  readonly domestic: ReplacementSide;
  /** Replicas of the foreign model while it is on standby. */
  readonly standbyReplicas: number;
}

export type Side = 'foreign' | 'domestic';

/** Replicas of both sides in a stage; none where a side does not run. */
export function replicasAt(
  stage: Stage,
  { foreign, domestic, standbyReplicas }: Sizes,
): Record<Side, number> {
  return {
    foreign: stage === 'retired' ? 0 : stage === 'default' ? standbyReplicas : foreign.replicas,
    domestic: stage === 'foreign' ? 0 : domestic.replicas,
  };
}

type Sizes = Pick<ReplacementEntry, 'standbyReplicas'> & {
  readonly [side in Side]: Pick<ReplacementSide, 'replicas'>;
};

/** NPUs of both sides in a stage. */
export function npusAt(
  stage: Stage,
  sizes: Sizes & { readonly [side in Side]: Pick<ReplacementSide, 'npusPerReplica'> },
): Record<Side, number> {
  const replicas = replicasAt(stage, sizes);
  return {
    foreign: replicas.foreign * sizes.foreign.npusPerReplica,
    domestic: replicas.domestic * sizes.domestic.npusPerReplica,
  };
}

/** Whether a serving is one of the two sides of a replacement. */
export function isSideOf(
  serving: { readonly namespace: string; readonly name: string },
  entry: ReplacementEntry,
): boolean {
  return (
    serving.namespace === entry.namespace &&
    (serving.name === entry.foreign.serving || serving.name === entry.domestic.serving)
  );
}

/** Percent of the requests of an alias that its domestic side answers. */
export function domesticShare(stage: Stage, weight: number): number {
  return { foreign: 0, shadow: 0, canary: weight, default: 100, retired: 100 }[stage];
}

/** What clients wait for: the first token of a text, or the whole answer. */
export type LatencyMeasure = 'time-to-first-token' | 'whole-answer';

/** Tenants that may call an alias: all that have a key, or those that are named. */
export type Callers = 'all' | CallerNames;

/**
 * @minItems 1
 * @uniqueItems
 * @errorMessage must name the tenants that may call the alias, or be 'all'; add one
 */
export type CallerNames = readonly DnsLabel[];
