import { type DataFile, readData } from '../data-files';

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

/** A licence text: what it restricts, and where that was read. */
export interface LicenceText {
  readonly restrictions: readonly Restriction[];
  readonly text: string;
}

/** Licences by their names: what `data/licences.json` holds. */
export interface LicencesFile extends DataFile {
  readonly licences: Readonly<Record<string, NotedLicenceText>>;
}

interface NotedLicenceText extends LicenceText {
  /** What a reader should know. */
  readonly note?: string;
}

/** Licences of the catalogue, by SPDX id where one exists. */
export const LICENCES: Readonly<Record<string, LicenceText>> = readData<LicencesFile>(
  __dirname,
  'data/licences.json',
).licences;
