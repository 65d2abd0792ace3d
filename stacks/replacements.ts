import type {
  Callers,
  EvidenceKind,
  LatencyMeasure,
  ModelReplacementProps,
  ReplacementSideProps,
  Stage,
  Task,
} from '../constructs';
import type { Sector } from './centre';

/** One foreign model that a domestic one takes the place of, step by step. */
export interface Replacement {
  /** Name that clients call, a DNS label, unique in the centre. It stays whatever stands behind it. */
  readonly alias: string;
  readonly task: Task;
  /** Phase on whose cluster the alias is at home: both models run there. */
  readonly phase: string;
  /** Tenant in whose namespace both run. */
  readonly tenant: string;
  /** Tenant or sector that it is done for. */
  readonly owner: string | Sector;
  /** A model that is foreign or made from a foreign one, with weights: a closed API cannot be served. */
  readonly foreign: ReplacementSideProps;
  readonly domestic: ReplacementSideProps;
  /** Replicas of the foreign model on standby. @default 1 */
  readonly standbyReplicas?: number;
  /** What its steps rest on; reports show it beside every figure. */
  readonly evidence: EvidenceKind;
  /** What the domestic model is held to. */
  readonly thresholds: Thresholds;
  /** Steps that were taken, in order; the first is `foreign`, the last is what runs. */
  readonly history: readonly StageStep[];
  /** The step that is aimed at. @default - none: it is done, or waits */
  readonly next?: NextStep;
  /** Tenants that may call the alias. */
  readonly callers: Callers;
  /** @default - those of `ModelRoute` */
  readonly route?: Pick<ModelReplacementProps, 'paths' | 'requestTimeoutSeconds' | 'tokenLimits'>;
}

/** A dated step. It changes the `-models` stack of the phase of the alias, and nothing else. */
export interface StageStep {
  readonly stage: Stage;
  /** Day on which it was taken, `2024-09-02`. */
  readonly date: string;
  /** Percent of requests that the domestic side answers: 1 to 50, for `canary` only. */
  readonly weight?: number;
  /**
   * What the stage before has shown. Needed for a step forward to `canary`, `default` and `retired`, unless the
   * evidence is not public.
   */
  readonly figures?: Figures;
  /** Why a step back. Needed for one to an earlier stage, or to a smaller weight. */
  readonly reason?: string;
}

/** A step that is to come. */
export interface NextStep {
  readonly stage: Stage;
  readonly weight?: number;
  /** Month in which it is wanted, `2026-12`. */
  readonly by: string;
  /** What has been measured for it so far. @default - nothing */
  readonly figures?: Figures;
}

/** Limits on figures of the domestic side, each relative to the foreign side. */
export interface Thresholds {
  /** Quality of the domestic answers divided by that of the foreign ones; more is better. */
  readonly quality: {
    /** What is compared: `accuracy on 500 questions of the district`, `1 − word error rate`. */
    readonly measure: string;
    readonly atLeast: number;
  };
  /** Latency (95 of 100 requests) of the domestic side divided by that of the foreign one. */
  readonly latency: { readonly measure: LatencyMeasure; readonly atMost: number };
  /** Share of failed requests, domestic less foreign, while both answer. @default 0.01 */
  readonly errorsAtMost?: number;
}

/** Figures as in `Thresholds`. */
export interface Figures {
  readonly quality: number;
  readonly latency: number;
  /** Where they are written down. @default - nowhere; required for measured ones */
  readonly source?: string;
}
