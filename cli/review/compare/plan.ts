import { isDeepStrictEqual } from 'node:util';
import { isTree } from '../../../core/tree';
import type { Output } from '../input/output';
import type { Plan, PlannedChange } from '../input/plan';
import type { StackPlan } from '../input/plan-stack';
import type { Action, AttributeChange, ResourceChange } from './change';
import type { Difference } from './diff';
import { whyPlanned } from './planned-reasons';
import { plannedValues } from './planned-values';
import { forces } from './replace-paths';
import type { SeenPair } from './seen';
import { asPartOfWhole, treat } from './treat';
import { type Attributes, viewOf } from './view';

/** A planned change of a resource, with how both sides are seen. */
export interface PlannedPair extends SeenPair<PlannedChange> {
  readonly stack: string;
  readonly planned: PlannedChange;
  /** Whether it is what was changed outside of Terraform since the last apply. */
  readonly drift: boolean;
  readonly unknown: readonly AttributeChange[];
  /** Values that Terraform marks as sensitive. */
  readonly marked: readonly unknown[];
}

/** What `terraform show -json` tells of a stack: what it will do, then what has drifted. */
export function plannedPairs({ stack, plan }: StackPlan): PlannedPair[] {
  const expressions = expressionsOf(plan);
  const managed = (list: readonly PlannedChange[] = []) =>
    list.filter(({ mode }) => mode === 'managed');
  const see = (entry: PlannedChange, drift: boolean) =>
    seePlanned(entry, { stack, drift, expressions: expressions.get(entry.address) });
  const planned = managed(plan.resource_changes).filter((entry) => actionOf(entry) !== undefined);
  return [
    ...planned.map((entry) => see(repairs(entry) ? asWritten(entry) : entry, false)),
    ...managed(plan.resource_drift).map((entry) => see(asWritten(entry), true)),
  ];
}

/** The provider writes what it reads otherwise than what it made, and the cluster counts every change. */
export function isDrift({ action, attributes }: ResourceChange): boolean {
  return action === 'destroy' || attributes.some(({ fold }) => fold !== 'set by the cluster');
}

function expressionsOf({ configuration }: Plan): Map<string, unknown> {
  const resources = configuration?.root_module?.resources ?? [];
  return new Map(resources.map(({ address, expressions }) => [address, expressions]));
}

function seePlanned(
  planned: PlannedChange,
  of: Pick<PlannedPair, 'stack' | 'drift'> & { readonly expressions: unknown },
): PlannedPair {
  const { expressions, ...rest } = of;
  const { before, after, unknown, marked } = plannedValues(planned.change, expressions);
  const seen = ({ id: _, ...attributes }: Attributes) => {
    // What the API server made of a manifest says nothing that was not written.
    const { object: __, ...written } = attributes;
    const isManifest = planned.type === 'kubernetes_manifest';
    return { resource: planned, view: viewOf(planned.type, isManifest ? written : attributes) };
  };
  return {
    ...rest,
    ...{ planned, unknown, marked },
    ...(before ? { before: seen(before) } : {}),
    ...(after ? { after: seen(after) } : {}),
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

/** What is known of the outputs when a planned change is classified. */
export interface PlanContext {
  readonly outputs: readonly Output[];
  /** Labels that a selector of the head names. */
  readonly selected: ReadonlySet<string>;
}

/** What Terraform does with a resource, or what has happened to it. */
export function plannedChange(
  pair: PlannedPair,
  differences: readonly Difference[],
  context: PlanContext,
): ResourceChange {
  const { before, after, planned, stack, drift } = pair;
  const { view } = after ?? before ?? {};
  const { address, type } = planned;
  const action = actionOf(planned) ?? 'update';
  const around = { type, kind: view?.object?.kind, selected: context.selected };
  const paths = planned.change.replace_paths ?? [];
  const known = differences.map((difference) => {
    // Terraform has decided: no need to know what a provider replaces for.
    const { replaces: _, ...change } = treat(difference, around);
    if (!before || !after) return asPartOfWhole(change);
    return paths.some((path) => forces(path, change.path)) ? { ...change, replaces: true } : change;
  });
  const attributes = [...known, ...pair.unknown];
  return {
    kind: view?.kind ?? type,
    name: view?.name || address,
    ...(view?.namespace === undefined ? {} : { namespace: view.namespace }),
    stack,
    address,
    path: pathOf(stack, address, context.outputs) ?? `${stack}/${address}`,
    action,
    reasons: drift ? [] : whyPlanned(planned, action, attributes),
    attributes,
    ...(before?.view.object ? { before: before.view.object } : {}),
    ...(after?.view.object ? { after: after.view.object } : {}),
    source: 'plan',
  };
}

/** Construct path of an address, in the last output that has it. */
function pathOf(stack: string, address: string, outputs: readonly Output[]): string | undefined {
  return outputs
    .map((output) => output.stacks.get(stack)?.resources.get(address)?.path)
    .findLast((path) => path !== undefined);
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
