import type { Acknowledgement, Level, Result, Rule } from '../rules';
import type { ClusterInventory, PhaseInventory } from './inventory';
import type { ServingPlan } from './serving-plan';

/** One cluster on the day of the check. */
export interface ClusterSubject {
  readonly kind: 'cluster';
  readonly cluster: ClusterInventory;
  /** `2026-11-23`. @default - nothing has expired */
  readonly today?: string;
}

/** All servings of a cluster, its pools, and what else it promised. */
export interface ServingsSubject {
  readonly kind: 'servings';
  readonly cluster: ClusterInventory;
  readonly servings: readonly ServingPlan[];
}

/** All phases up to and including one. */
export interface PhasesSubject {
  readonly kind: 'phases';
  readonly phases: readonly PhaseInventory[];
}

/** What a proof looks at: one cluster, its servings, or all phases up to and including one. */
export type ProofSubject = ClusterSubject | ServingsSubject | PhasesSubject;

/** One promise and how it is checked; one file each under `proofs/`, listed in `registry.ts`. */
export interface Proof<Subject> extends Rule<Subject> {
  readonly level: ProofLevel;
}

/** `error` stops the synthesis, `warning` is shown. */
export type ProofLevel = Exclude<Level, 'info'>;

export type ClusterProof = Proof<ClusterSubject>;
export type ServingsProof = Proof<ServingsSubject>;
export type PhasesProof = Proof<PhasesSubject>;

/** A finding together with the proof it came from. */
export type ProofResult = Result;

/** The line that a user reads when a proof fails. */
export function failureMessage(result: Pick<Result, 'id' | 'title' | 'statement' | 'remedy'>) {
  return `${result.id} '${result.title}' does not hold; ${result.remedy}, got: ${result.statement}`;
}

/** How reports show a proof that does not hold and has not stopped the synthesis: a warning, or what is accepted. */
export function troubleLine(
  result: Pick<Result, 'id' | 'level' | 'title' | 'path' | 'statement' | 'remedy'> & {
    readonly acknowledgement?: Pick<Acknowledgement, 'reason' | 'until'>;
  },
): string {
  const { level, path, acknowledgement } = result;
  const lead = acknowledgement
    ? `acknowledged until ${acknowledgement.until} (${acknowledgement.reason})`
    : level;
  return `${lead}: ${path}: ${failureMessage(result)}`;
}
