import type { Callers, ModelReplacementProps, ReplacementSideProps } from '../constructs';
import type { PositiveCount } from '../core/schema/types';
import type { ReplacementPlan } from '../core/stages';

/** One foreign model that a domestic one takes the place of, step by step. @title replacement */
export interface Replacement extends ReplacementPlan {
  /** A model that is foreign or made from a foreign one, with weights: a closed API cannot be served. */
  readonly foreign: ReplacementSideProps;
  readonly domestic: ReplacementSideProps;
  /** Replicas of the foreign model on standby. @default 1 */
  readonly standbyReplicas?: PositiveCount;
  /** Tenants that may call the alias. */
  readonly callers: Callers;
  /** @default - those of `ModelRoute` */
  readonly route?: Pick<ModelReplacementProps, 'paths' | 'requestTimeoutSeconds' | 'tokenLimits'>;
}
