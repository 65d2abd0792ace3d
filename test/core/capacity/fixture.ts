import type { ProofSubject } from '../../../core/capacity';

export interface Fixture {
  /** At the very edge of what holds. */
  readonly passing: ProofSubject;
  /** One step over it. */
  readonly failing: ProofSubject;
  /** The sum that the failure shows. */
  readonly statement: RegExp;
}
