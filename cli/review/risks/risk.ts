import type { V1PodTemplateSpec } from '@kubernetes/client-node';
import type { CapacityReport } from '../../../core/capacity';
import type { Rule } from '../../../core/rules';
import type { Answer, Remedied, Said } from '../../findings';
import type { ResourceChange } from '../compare/change';
import { workloadChanges } from '../compare/objects';
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

/** One danger and how it is seen; one file each, listed in `registry.ts`. */
export interface RiskRule extends Rule<RiskContext, Answer>, Remedied {}

/** Sentences about a changed resource. */
export function about({ path }: ResourceChange, sentences: string | readonly string[]): Said[] {
  return [sentences].flat().map((statement) => ({ path, statement }));
}

/** Sentences about every template that a workload has before and after a change. */
export function templateChanges(
  changes: readonly ResourceChange[],
  sentences: (
    change: ResourceChange,
    before: V1PodTemplateSpec,
    after: V1PodTemplateSpec,
  ) => string | readonly string[],
): Said[] {
  return workloadChanges(changes).flatMap(({ change, before, after }) =>
    Object.entries(after?.templates ?? {}).flatMap(([name, template]) => {
      const earlier = before?.templates[name];
      return earlier ? about(change, sentences(change, earlier, template)) : [];
    }),
  );
}
