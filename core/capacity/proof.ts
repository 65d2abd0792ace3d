import type { ClusterLedger, PhaseLedger } from './ledger';
import type { ServingPlan } from './serving-plan';

/** `error` stops the synthesis, `warning` is shown. */
export type ProofLevel = 'error' | 'warning';

/** Result of one proof about one thing: the arithmetic is there whether it holds or not. */
export interface Finding {
  /** Construct path of what the finding is about. */
  readonly path: string;
  readonly holds: boolean;
  /** The sum that was done, `320 NPUs × 313 TFLOPS = 100.16 PF ≥ 100 PF`. */
  readonly arithmetic: string;
  /** What to change where it does not hold. */
  readonly remedy: string;
  /**
   * Why it could be neither shown nor refuted: no source gives a value that the sum needs. Such a
   * finding holds, and reports say "not proven" beside it. @default - it was shown or refuted
   */
  readonly notProven?: string;
}

/** All servings of a cluster, its pools, and what else it promised. */
export interface ServingsSubject {
  readonly kind: 'servings';
  readonly cluster: ClusterLedger;
  readonly servings: readonly ServingPlan[];
}

/** What a proof looks at: one cluster, its servings, or all phases up to and including one. */
export type ProofSubject =
  | { readonly kind: 'cluster'; readonly cluster: ClusterLedger }
  | ServingsSubject
  | { readonly kind: 'phases'; readonly phases: readonly PhaseLedger[] };

/**
 * One promise and how it is checked; one file each under `proofs/`, listed in `registry.ts`.
 * Ids are never used again for something else.
 */
export interface Proof {
  /** `AICC-CAP-001` … */
  readonly id: string;
  readonly level: ProofLevel;
  readonly title: string;
  /**
   * A finding for every thing the proof is about; none where it does not apply.
   * @param today day of the check, `2026-11-23`; without it nothing has expired
   */
  check(subject: ProofSubject, today?: string): Finding[];
}

/** A finding together with the proof it came from. */
export interface ProofResult extends Finding {
  readonly id: string;
  readonly level: ProofLevel;
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'acknowledged';
  /** Why the failure was accepted, and until when. @default - not acknowledged */
  readonly acknowledgement?: { readonly reason: string; readonly until: string };
}

/** The line that a user reads when a proof fails. */
export function failureMessage(
  result: Pick<ProofResult, 'id' | 'title' | 'arithmetic' | 'remedy'>,
) {
  return `${result.id} '${result.title}' does not hold; ${result.remedy}, got: ${result.arithmetic}`;
}
