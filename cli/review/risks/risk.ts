import type { CapacityReport } from '../../../core/capacity';
import type { ResourceChange } from '../compare/change';
import type { Output } from '../input/output';

/** `error` must not go out unless acknowledged, `warning` is to be looked at, `info` is to be known. */
export type RiskLevel = 'error' | 'warning' | 'info';

/** One thing that a change endangers. */
export interface RiskFinding {
  /** Construct path of what is endangered. */
  readonly path: string;
  /** What happens, with its figures, in one line: `24 NPUs < 32 sold`. */
  readonly what: string;
  /** What to do instead. */
  readonly remedy: string;
}

/** What rules look at. */
export interface RiskContext {
  readonly changes: readonly ResourceChange[];
  /** @default - only plans are reviewed */
  readonly base?: Output;
  /** @default - only plans are reviewed */
  readonly head?: Output;
  /** Capacity of both sides. @default - an output was not made from a centre */
  readonly before?: CapacityReport;
  readonly after?: CapacityReport;
}

/**
 * One danger and how it is seen; one file each, listed in `registry.ts`. Ids are never used again for
 * something else.
 */
export interface RiskRule {
  /** `AICC-RISK-001` … */
  readonly id: string;
  readonly level: RiskLevel;
  readonly title: string;
  check(context: RiskContext): RiskFinding[];
}

/** A finding together with the rule that it came from. */
export interface Risk extends RiskFinding {
  readonly id: string;
  readonly level: RiskLevel;
  readonly title: string;
  readonly status: 'open' | 'acknowledged';
  /** Why it was accepted, and until when. @default - it was not */
  readonly acknowledgement?: { readonly reason: string; readonly until: string };
}
