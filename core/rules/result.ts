import type { Day, Reason, RuleId } from '../schema/types';
import type { Finding, Level } from './rule';

/** An accepted failure: at one construct and all below it, until a day. @title acknowledgement */
export interface Acknowledgement {
  readonly path: string;
  readonly id: RuleId;
  readonly reason: Reason;
  /** Last day on which it counts, `2026-12-31`. */
  readonly until: Day;
}

/** A finding together with the rule that it came from. */
export interface Result extends Finding {
  readonly holds: boolean;
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'acknowledged';
  /** Why the failure was accepted, and until when. @default - not acknowledged */
  readonly acknowledgement?: Acknowledgement;
}
