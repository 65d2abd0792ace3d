import { type DataFile, readData } from '../data-files';
import type { Ratio } from '../schema/types';

/** A number that decides when an alert fires. */
export interface Threshold {
  readonly value: number;
  readonly unit: 'celsius' | 'ratio' | 'minutes';
  /** Whether the number is ours, without a source outside this package. */
  readonly assumption: boolean;
  readonly why: string;
}

/** @asType integer @minimum 1 @errorMessage must be a whole number of minutes, 1 or more; correct it */
export type Minutes = number;

/** Values in the unit that `THRESHOLDS` gives. */
export interface Thresholds {
  /** @exclusiveMinimum 0 @errorMessage must be above 0 °C; correct it */
  readonly npuTemperature: number;
  readonly npuMemoryUsed: Ratio;
  readonly npuFault: Minutes;
  readonly npusMissing: Minutes;
  readonly devicePluginDown: Minutes;
  readonly quotaUsed: Ratio;
  readonly queueStarved: Minutes;
  readonly podPending: Minutes;
  readonly servingStart: Minutes;
  readonly servingDown: Minutes;
  readonly canaryOverBudget: Minutes;
  readonly sourceMissing: Minutes;
}

export type ThresholdName = keyof Thresholds;

/** What `data/thresholds.json` holds. */
export interface ThresholdsFile extends DataFile {
  readonly thresholds: Readonly<Record<ThresholdName, Threshold>>;
}

export const THRESHOLDS = readData<ThresholdsFile>(__dirname, 'data/thresholds.json').thresholds;

/** The thresholds with what a user gave in place of the defaults. */
export function resolveThresholds(given: Partial<Thresholds> = {}): Thresholds {
  const defaults = Object.entries(THRESHOLDS).map(([name, { value }]) => [name, value]);
  return { ...(Object.fromEntries(defaults) as unknown as Thresholds), ...given };
}
