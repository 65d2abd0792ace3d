import { isDeepStrictEqual } from 'node:util';
import { isTree } from '../../tree';
import type { Plan, PlannedChange } from '../input/plan';
import type { StackPlan } from '../input/plan-stack';
import type { Action, AttributeChange, ResourceChange } from './change';
import { diffTrees, leavesOf } from './diff';
import { whyPlanned } from './planned-reasons';
import { plannedValues } from './planned-values';
import { forces } from './replace-paths';
import type { Masker } from './sensitive';
import { treat } from './treat';
import { type Attributes, hideView, type ResourceView, viewOf } from './view';

/** What a plan says, as changes of resources. */
export interface PlannedChanges {
  readonly changes: readonly ResourceChange[];
  /** What was changed outside of Terraform since the last apply. */
  readonly drift: readonly ResourceChange[];
}

/** What else is known of a stack when its plan is read. */
export interface PlanContext {
  /** Construct path of an address. @returns undefined for one that no output has */
  pathOf(address: string): string | undefined;
  isSelected(label: string): boolean;
  readonly masker: Masker;
}

/** A planned change with its values, sensitive ones masked. */
interface Step {
  readonly planned: PlannedChange;
  readonly before?: ResourceView;
  readonly after?: ResourceView;
  readonly unknown: readonly AttributeChange[];
}

/**
 * Changes that `terraform show -json` tells of a stack.
 * @returns what to call when every input has been read: a secret of one may show up in another
 */
export function plannedChanges(
  { stack, plan }: StackPlan,
  context: PlanContext,
): () => PlannedChanges {
  const planned = (plan.resource_changes ?? []).filter(
    (entry) => entry.mode === 'managed' && actionOf(entry) !== undefined,
  );
  const drifted = (plan.resource_drift ?? []).filter((entry) => entry.mode === 'managed');
  const expressions = expressionsOf(plan);
  const see = (entry: PlannedChange): Step =>
    stepOf(entry, expressions.get(entry.address), context.masker);
  const steps = planned.map((entry) => see(repairs(entry) ? asWritten(entry) : entry));
  const drift = drifted.map((entry) => see(asWritten(entry)));
  for (const { planned: entry, before, after } of [...steps, ...drift]) {
    if (before) context.masker.learn(entry.type, before.tree);
    if (after) context.masker.learn(entry.type, after.tree);
  }
  return () => ({
    changes: steps.map((step) => changeOf(step, stack, context)),
    drift: drift
      .map((step) => ({ ...changeOf(step, stack, context), reasons: [] }))
      .filter(isDrift),
  });
}

/** The provider writes what it reads otherwise than what it made, and the cluster counts every change. */
function isDrift({ action, attributes }: ResourceChange): boolean {
  return action === 'destroy' || attributes.some(({ fold }) => fold !== 'set by the cluster');
}

function expressionsOf({ configuration }: Plan): Map<string, unknown> {
  const resources = configuration?.root_module?.resources ?? [];
  return new Map(resources.map(({ address, expressions }) => [address, expressions]));
}

function stepOf(planned: PlannedChange, expressions: unknown, masker: Masker): Step {
  const { before, after, unknown } = plannedValues(planned.change, expressions, masker);
  const view = ({ id: _, ...attributes }: Attributes) => {
    // What the API server made of a manifest says nothing that was not written.
    const { object: __, ...written } = attributes;
    return viewOf(planned.type, planned.type === 'kubernetes_manifest' ? written : attributes);
  };
  return {
    planned,
    unknown,
    ...(before ? { before: view(before) } : {}),
    ...(after ? { after: view(after) } : {}),
  };
}

function actionOf({ change, previous_address }: PlannedChange): Action | undefined {
  const actions = change.actions.join(' ');
  if (actions === 'no-op') {
    if (change.importing) return 'import';
    return previous_address === undefined ? undefined : 'move';
  }
  if (actions === 'read') return undefined;
  if (actions === 'forget') return 'forget';
  if (change.actions.includes('delete')) {
    return change.actions.includes('create') ? 'replace' : 'destroy';
  }
  return actions === 'create' ? 'create' : 'update';
}

function changeOf(step: Step, stack: string, context: PlanContext): ResourceChange {
  const { planned } = step;
  const hidden = (seen: ResourceView) => hideView(planned.type, seen, context.masker);
  const before = step.before && hidden(step.before);
  const after = step.after && hidden(step.after);
  const view = after ?? before;
  const action = actionOf(planned) ?? 'update';
  const attributes = attributesOf(step, before, after, context);
  const address = planned.address;
  return {
    kind: view?.kind ?? planned.type,
    name: view?.name || address,
    ...(view?.namespace === undefined ? {} : { namespace: view.namespace }),
    stack,
    address,
    path: context.pathOf(address) ?? `${stack}/${address}`,
    action,
    reasons: whyPlanned(planned, action, attributes),
    attributes,
    ...(before?.object ? { before: before.object } : {}),
    ...(after?.object ? { after: after.object } : {}),
    source: 'plan',
  };
}

function attributesOf(
  { planned, unknown }: Step,
  before: ResourceView | undefined,
  after: ResourceView | undefined,
  { isSelected }: PlanContext,
): AttributeChange[] {
  const around = { type: planned.type, kind: (after ?? before)?.object?.kind, isSelected };
  if (before && after) {
    const paths = planned.change.replace_paths ?? [];
    const changes = diffTrees(before.tree, after.tree).map((difference) => {
      // Terraform has decided: no need to know what a provider replaces for.
      const { replaces: _, ...change } = treat(difference, around);
      return paths.some((path) => forces(path, change.path))
        ? { ...change, replaces: true }
        : change;
    });
    return [...changes, ...unknown];
  }
  const found: AttributeChange[] = [];
  const side = after ? 'after' : 'before';
  for (const difference of leavesOf((after ?? before)?.tree, side)) {
    const change = treat(difference, around);
    found.push(
      change.treatment === 'masked'
        ? change
        : { path: change.path, [side]: change[side], treatment: 'folded', fold: 'whole resource' },
    );
  }
  return [...found, ...unknown];
}

/** Whether a manifest is applied again as it was, because the cluster has something else. */
function repairs({ type, change }: PlannedChange): boolean {
  return (
    type === 'kubernetes_manifest' &&
    isDeepStrictEqual(change.before?.manifest, change.after?.manifest)
  );
}

/** In drift of a manifest, what the cluster has is compared, where it was written. */
function asWritten(entry: PlannedChange): PlannedChange {
  if (entry.type !== 'kubernetes_manifest') return entry;
  const written = (side: Attributes | null): Attributes | null =>
    side && { ...side, manifest: restrict(side.object, side.manifest) };
  const { before, after } = entry.change;
  return { ...entry, change: { ...entry.change, before: written(before), after: written(after) } };
}

/** What an object has where another one has something. */
function restrict(object: unknown, shape: unknown): unknown {
  if (Array.isArray(object) && Array.isArray(shape) && object.length === shape.length) {
    return object.map((item, index) => restrict(item, shape[index]));
  }
  if (!isTree(object) || !isTree(shape)) return object;
  return Object.fromEntries(
    Object.keys(shape)
      .filter((key) => key in object && object[key] !== null)
      .map((key) => [key, restrict(object[key], shape[key])]),
  );
}
