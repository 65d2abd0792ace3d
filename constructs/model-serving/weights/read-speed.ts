import type { PositiveNumber } from '../../../core/schema/types';

/** What all places of weights have. */
export interface ReadSpeed {
  /** GiB a second at which each server reads, while others read too. @default READ_GIB_PER_SECOND */
  readonly readGibPerSecond?: PositiveNumber;
}
