import type { Callers, ReplacementSide } from './capacity';
import type { Licence, Origin } from './catalogue';
import type { ReplacementPlan } from './stages';

/** Name of the file beside the stacks: replacements with their steps and facts, for reports. */
export const LOCALIZATION_FILE = 'localization.json';

/** Raised with every change that a reader has to know of. */
export const LOCALIZATION_SCHEMA = 1;

export interface LocalizationReport {
  readonly schemaVersion: typeof LOCALIZATION_SCHEMA;
  readonly displayName: string;
  /** Those whose phases were synthesized, in the order of the data. */
  readonly replacements: readonly ReplacementFacts[];
}

/** A replacement with what the catalogue, its gateway and its cluster say of it. */
export interface ReplacementFacts extends ReplacementPlan {
  /** Home cluster. */
  readonly cluster: string;
  readonly hostname: string;
  readonly access: {
    readonly callers: Callers;
    /** Whether the gateway keeps the others out. */
    readonly enforced: boolean;
  };
  readonly foreign: SideFacts;
  readonly domestic: SideFacts;
  readonly standbyReplicas: number;
  /** Whether both sides give the figures by which alerts compare them in `canary`. */
  readonly comparable: boolean;
}

export interface SideFacts extends ReplacementSide {
  readonly title: string;
  readonly origin: Origin;
  /** What it was made from. @default - nothing, or not known */
  readonly base?: { readonly name: string; readonly origin: Origin };
  readonly released: string;
  readonly licence: Licence;
}
