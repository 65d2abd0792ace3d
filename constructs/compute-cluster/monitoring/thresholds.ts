import type { Ratio } from '../../../core/schema/types';

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

function assumed(value: number, unit: Threshold['unit'], why: string): Threshold {
  return { value, unit, assumption: true, why };
}

export const THRESHOLDS: Readonly<Record<ThresholdName, Threshold>> = {
  npuTemperature: assumed(80, 'celsius', 'no limit is published for the chips; ask the vendor'),
  npuMemoryUsed: assumed(
    0.97,
    'ratio',
    'vLLM takes 0.90 to 0.92 of the memory when it starts; what goes far beyond leaves no room for graphs and communication',
  ),
  npuFault: assumed(2, 'minutes', 'longer than a few scrapes, so that one bad reading is no alert'),
  npusMissing: assumed(15, 'minutes', 'a reboot of a server ends within it'),
  devicePluginDown: assumed(10, 'minutes', 'a rollout of the DaemonSet passes a server within it'),
  quotaUsed: assumed(0.9, 'ratio', 'leaves time to ask for more before a rollout is refused'),
  queueStarved: assumed(30, 'minutes', 'short waits are normal where NPUs are shared'),
  podPending: assumed(60, 'minutes', 'short waits are normal where NPUs are shared'),
  servingStart: {
    value: 75,
    unit: 'minutes',
    assumption: false,
    why: 'the longest start budget of the catalogue is 73 minutes, DeepSeek-V4-Pro (constructs/model-serving/start-budget.ts)',
  },
  servingDown: assumed(5, 'minutes', 'longer than the restart of a pod of a small model'),
  canaryOverBudget: assumed(
    10,
    'minutes',
    'the figures look back 30 minutes, so that short peaks are smoothed already',
  ),
  sourceMissing: assumed(10, 'minutes', 'longer than a restart of Prometheus or of a source'),
};

/** The thresholds with what a user gave in place of the defaults. */
export function resolveThresholds(given: Partial<Thresholds> = {}): Thresholds {
  const defaults = Object.entries(THRESHOLDS).map(([name, { value }]) => [name, value]);
  return { ...(Object.fromEntries(defaults) as unknown as Thresholds), ...given };
}
