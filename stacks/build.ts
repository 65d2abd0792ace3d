import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { App } from 'cdktf';
import type { IConstruct } from 'constructs';
import {
  acknowledge,
  type Problem,
  setToday,
  throwIfAny,
  ValidationError,
  validationProblems,
} from '../constructs';
import { checkValue } from '../constructs/check-props';
import type { BuiltCentre, PhaseStacks } from './built-centre';
import { centreCapacity, writeCapacity } from './capacity-file';
import type { Centre, Phase } from './centre';
import { checkData, ItemProblems, withSources } from './check-data';
import { ClusterStack } from './cluster-stack';
import { centreLocalization, writeLocalization } from './localization-file';
import { ModelsStack } from './models-stack';
import type { Settings } from './settings';
import { TenantsStack } from './tenants-stack';
import { buildable, validateCentre } from './validate-centre';

/** Phases of the environment: every one up to and including the one that the settings name. */
export function environmentPhases(centre: Centre, settings: Settings): readonly Phase[] {
  const last = centre.phases.findIndex((phase) => phase.id === settings.environment);
  return last < 0 ? centre.phases : centre.phases.slice(0, last + 1);
}

/**
 * Turns the data of a centre into stacks: three a phase, direct children of the app, with
 * dependencies inside a phase only.
 *
 * @throws ValidationError with all problems of the data
 */
export function buildCentre(app: App, data: Centre, settings: Settings): BuiltCentre {
  if (settings.today) setToday(app, settings.today);
  throwIfAny(
    checkValue('Settings', settings).map(({ message }) => ({ path: 'settings', message })),
  );
  const checked = checkData(data);
  const collector = new ItemProblems(data, checked.told);
  collector.problems.push(
    ...checked.problems,
    ...withSources(data, validateCentre(data, settings, checked.misshapen)),
  );
  const centre = buildable(data, checked);
  for (const entry of centre.acknowledgements ?? []) {
    collector.attemptItem('acknowledgements', entry, () => acknowledge(app, entry));
  }
  const phases: PhaseStacks[] = [];
  for (const phase of environmentPhases(centre, settings)) {
    const earlier = phases.map((stacks) => stacks.cluster);
    const stacks = collector.attemptItem('phases', phase, () => {
      const cluster = new ClusterStack(app, phase, settings, earlier);
      const tenants = new TenantsStack(app, phase, settings, cluster, centre.tenants, collector);
      const models = new ModelsStack(app, phase, settings, tenants, centre, collector);
      tenants.addDependency(cluster);
      models.addDependency(tenants);
      return { phase, cluster, tenants, models };
    });
    if (stacks) phases.push(stacks);
  }
  if (collector.problems.length > 0) {
    // A phase that could not be made would be missing in the sums of the later ones, and for what is
    // acknowledged of the centre.
    const complete = phases.length === environmentPhases(data, settings).length;
    const proofs = allProblems(app, (c) => complete || !(c instanceof ClusterStack || c === app));
    throw new ValidationError([...collector.problems, ...proofs]);
  }
  return { app, phases };
}

/**
 * Builds, proves and writes a centre: nothing is written before everything holds, unless the settings
 * say so of proofs.
 *
 * @throws ValidationError with all problems and all failed proofs
 */
export function synthesizeCentre(centre: Centre, settings: Settings, outdir?: string): BuiltCentre {
  const target = outdir ?? process.env.CDKTF_OUTDIR ?? 'cdktf.out';
  const existed = existsSync(target);
  try {
    mkdirSync(dirname(target), { recursive: true });
    const app = new App({ outdir: target, skipValidation: true });
    const built = buildCentre(app, centre, settings);
    validateAll(app, settings);
    app.synth();
    removeStale(app);
    writeCapacity(app.outdir, centreCapacity(centre, built));
    writeLocalization(app.outdir, centreLocalization(centre, built));
    return built;
  } catch (error) {
    // cdktf makes the folder as soon as there is an app.
    if (!existed) rmSync(target, { recursive: true, force: true });
    throw error;
  }
}

/** Folders of stacks that an earlier run made and this one did not; state is kept elsewhere. */
function removeStale(app: App): void {
  const folder = join(app.outdir, 'stacks');
  const own = new Set(app.node.children.map((stack) => stack.node.id));
  for (const name of readdirSync(folder)) {
    if (!own.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * Runs every validation of every stack. cdktf does this stack by stack while it writes, so that a
 * failure in a later stack leaves the earlier ones behind; here all run before the first file.
 */
export function validateAll(app: App, settings?: Pick<Settings, 'failedProofs'>): void {
  const isProof = ({ id }: Problem) => id !== undefined;
  const problems = allProblems(app, () => true);
  throwIfAny(
    settings?.failedProofs === 'write' ? problems.filter((one) => !isProof(one)) : problems,
  );
}

function allProblems(app: App, wanted: (construct: IConstruct) => boolean): Problem[] {
  return app.node.findAll().filter(wanted).flatMap(validationProblems);
}
