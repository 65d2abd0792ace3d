import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  findModel,
  type Licence,
  type Model,
  type Origin,
  type ReplacementEntry,
  type ReplacementSide,
} from '../constructs';
import type { BuiltCentre, PhaseStacks } from './build';
import type { Centre } from './centre';
import type { Replacement } from './replacements';

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
export interface ReplacementFacts
  extends Pick<
    Replacement,
    'alias' | 'task' | 'phase' | 'tenant' | 'owner' | 'evidence' | 'thresholds' | 'history' | 'next'
  > {
  /** Home cluster. */
  readonly cluster: string;
  readonly hostname: string;
  readonly access: {
    readonly callers: Replacement['callers'];
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

/** Replacements of a centre as they were built. */
export function centreLocalization(
  { displayName, replacements = [] }: Centre,
  { phases }: BuiltCentre,
): LocalizationReport {
  return {
    schemaVersion: LOCALIZATION_SCHEMA,
    displayName,
    replacements: replacements.flatMap((replacement) => {
      const built = phases.find(({ phase }) => phase.id === replacement.phase);
      return built ? [facts(replacement, built)] : [];
    }),
  };
}

export function writeLocalization(outdir: string, report: LocalizationReport): void {
  writeFileSync(join(outdir, LOCALIZATION_FILE), `${JSON.stringify(report, null, 2)}\n`);
}

function facts(replacement: Replacement, { cluster, models }: PhaseStacks): ReplacementFacts {
  const { alias, task, phase, tenant, owner, evidence, thresholds, history, next } = replacement;
  const entry = cluster.cluster.ledger().replacements?.find((known) => known.alias === alias);
  const made = models.replacements.get(alias);
  if (!entry || !made) throw new Error(`replacements/${alias}: built before`);
  return {
    alias,
    task,
    phase,
    cluster: cluster.cluster.clusterName,
    hostname: made.route.hostname,
    tenant,
    owner,
    access: { callers: replacement.callers, enforced: made.route.enforcesAccess },
    evidence,
    thresholds,
    history,
    ...(next ? { next } : {}),
    foreign: sideFacts(entry, 'foreign'),
    domestic: sideFacts(entry, 'domestic'),
    standbyReplicas: entry.standbyReplicas,
    comparable: made.comparable,
  };
}

function sideFacts(entry: ReplacementEntry, side: 'foreign' | 'domestic'): SideFacts {
  const model: Model | undefined = findModel(entry[side].model);
  if (model?.access !== 'weights') throw new Error(`${entry.path}: checked before`);
  const { title, origin, base, released, licence } = model;
  return {
    ...entry[side],
    title,
    origin,
    ...(base ? { base: { name: base.name, origin: base.origin } } : {}),
    released: released.value,
    licence,
  };
}
