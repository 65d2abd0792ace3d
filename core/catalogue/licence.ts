/** What a licence does not let everybody do. */
export const RESTRICTIONS = [
  // Not for commercial use.
  'non-commercial',
  // Not in some countries.
  'territory',
  // Changes, or the service around it, must be published.
  'copyleft',
  // The name of the model must be shown.
  'branding',
  // Not above a number of users or a turnover without another licence.
  'scale',
  // A list of forbidden uses.
  'acceptable-use',
] as const;
export type Restriction = (typeof RESTRICTIONS)[number];

/** Licence of the weights. */
export interface Licence {
  /** SPDX id where one exists, else the name that its maker gave it. */
  readonly name: string;
  readonly restrictions: readonly Restriction[];
  /** Where the licence of this model was read. */
  readonly source: string;
  /** Why this is an assumption. @default - read at the source */
  readonly assumed?: string;
}
