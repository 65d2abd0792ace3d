import { join } from 'node:path';

/** CRDs that no package registry carries, where somebody has put them beside the project. */
export const CRDS = join(__dirname, '../../../shared/crds');

export type Log = (line: string) => void;

export interface StageContext {
  /** For files; it is removed at the end. */
  readonly folder: string;
  /** Folder with the programs of the control plane; builds them where they are not there. */
  programs(): Promise<string>;
  readonly log: Log;
  /** Whether everything is run, and not the short set only. */
  readonly all: boolean;
}

/** A part of the e2e test that can be run alone. */
export type Stage = (context: StageContext) => Promise<void>;
