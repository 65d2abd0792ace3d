import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findModel, type Model, type ReplacementEntry } from '../constructs';
import {
  LOCALIZATION_FILE,
  LOCALIZATION_SCHEMA,
  type LocalizationReport,
  type ReplacementFacts,
  type SideFacts,
} from '../core/localization-report';
import type { BuiltCentre, PhaseStacks } from './built-centre';
import type { Centre } from './centre';
import type { Replacement } from './replacements';

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
  const entry = cluster.cluster.inventory().replacements?.find((known) => known.alias === alias);
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
