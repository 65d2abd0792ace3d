/** What all places of weights have. */
export interface ReadSpeed {
  /** GiB a second at which each server reads, while others read too. @default READ_GIB_PER_SECOND */
  readonly readGibPerSecond?: number;
}

export function validateReadSpeed({ readGibPerSecond: speed }: ReadSpeed): string[] {
  return speed === undefined || (Number.isFinite(speed) && speed > 0)
    ? []
    : [`readGibPerSecond must be above 0; correct it, got: ${speed}`];
}
