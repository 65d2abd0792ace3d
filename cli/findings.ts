import type { Finding } from '../core/rules';

/** What a rule says of one thing. @default remedy - that of its rule */
export type Said = Omit<Finding, 'remedy'> & Partial<Pick<Finding, 'remedy'>>;

/** What a rule finds: one thing, several, or nothing. */
export type Answer = Said | undefined | readonly Answer[];

/** A rule of which most findings have the same remedy. What it finds never holds. */
export interface Remedied {
  /** What to do, of findings that do not say otherwise. */
  readonly remedy: string;
}

export function findingsOf(rule: Remedied, answer: Answer): Finding[] {
  if (answer === undefined) return [];
  if (isSeveral(answer)) return answer.flatMap((one) => findingsOf(rule, one));
  return [{ remedy: rule.remedy, ...answer }];
}

function isSeveral(answer: Said | readonly Answer[]): answer is readonly Answer[] {
  return Array.isArray(answer);
}
