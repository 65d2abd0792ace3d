import type { CapacityReport } from '../../../core/capacity';
import type { Rule } from '../../../core/rules';
import type { ResourceChange } from '../compare/change';
import type { Output } from '../input/output';

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

/** One danger and how it is seen; one file each, listed in `registry.ts`. What it finds never holds. */
export type RiskRule = Rule<RiskContext>;
