import type { Stage } from '../../core/capacity';
import { domesticShare } from '../../core/capacity';

/** What stands behind an alias: shares of its requests in percent, and who gets copies of them. */
export interface Backends<T> {
  readonly backends: readonly { readonly serving: T; readonly weight: number }[];
  readonly mirror?: T;
}

/**
 * Where the requests of an alias go in a stage. A side that a stage does not need may be left out.
 *
 * @param weight percent of requests that the domestic side answers in `canary`
 */
export function backendsAt<T>(
  stage: Stage,
  weight: number,
  sides: { readonly foreign?: T; readonly domestic?: T },
): Backends<T> {
  const { foreign, domestic } = sides;
  const share = domesticShare(stage, weight);
  return {
    backends: [
      ...(foreign !== undefined && share < 100 ? [{ serving: foreign, weight: 100 - share }] : []),
      ...(domestic !== undefined && share > 0 ? [{ serving: domestic, weight: share }] : []),
    ],
    ...(stage === 'shadow' && domestic !== undefined ? { mirror: domestic } : {}),
  };
}
