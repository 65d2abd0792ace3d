import { type Output, SETTINGS_TYPE, type SynthesizedResource } from '../input/output';
import type { Action, AttributeChange, ResourceChange, ResourceName } from './change';
import { type Difference, diffTrees, leavesOf } from './diff';
import { changedPairs, type Pair } from './pairs';
import { whyDestroyed, whyReplaced } from './reasons';
import type { Seen, SeenPair } from './seen';
import type { Masker } from './sensitive';
import { treat } from './treat';
import { hideView, type ResourceView, viewOf } from './view';

/**
 * What differs between two synthesized outputs, without Terraform: no state, no cluster.
 * @returns what to call when every input has been read: a secret of one may show up in another
 */
export function compareOutputs(
  base: Output,
  head: Output,
  masker: Masker,
  isSelected: (label: string) => boolean,
): () => ResourceChange[] {
  const seen = joinSameObjects(changedPairs(base, head).map(see));
  learn([base, head], seen, masker);
  return () => {
    const context = {
      isSelected,
      isGone: (stack: string) => !head.stacks.has(stack),
      before: constructPaths(base),
      after: constructPaths(head),
    };
    return seen.map((pair) => changeOf(hide(pair, masker), context));
  };
}

function see({ before, after, ...rest }: Pair): SeenPair {
  const seen = (resource: SynthesizedResource, earlier?: Seen): Seen => {
    const { type, attributes } = resource;
    const like =
      earlier?.resource.type === type
        ? { attributes: earlier.resource.attributes, view: earlier.view }
        : undefined;
    return { resource, view: viewOf(type, attributes, like) };
  };
  const earlier = before && seen(before);
  return {
    ...rest,
    ...(earlier ? { before: earlier } : {}),
    ...(after ? { after: seen(after, earlier) } : {}),
  };
}

/** An object that is gone at one address and comes at another of its stack is one that is replaced. */
function joinSameObjects(pairs: readonly SeenPair[]): SeenPair[] {
  const identity = ({ resource, view }: Seen) =>
    view.object ? [resource.stack, view.kind, view.namespace, view.name].join('|') : '';
  const come = new Map(
    pairs.flatMap(({ before, after }) => (after && !before ? [[identity(after), after]] : [])),
  );
  const joined = new Set<Seen>();
  const result = pairs.map((pair) => {
    if (!pair.before || pair.after || identity(pair.before) === '') return pair;
    const after = come.get(identity(pair.before));
    if (!after) return pair;
    joined.add(after);
    return { before: pair.before, after };
  });
  return result.filter(({ before, after }) => before || !after || !joined.has(after));
}

/** Secrets of the resources that change, and of every Secret. */
function learn(outputs: readonly Output[], pairs: readonly SeenPair[], masker: Masker): void {
  for (const { before, after } of pairs) {
    if (before) masker.learn(before.resource.type, before.view.tree);
    if (after) masker.learn(after.resource.type, after.view.tree, before?.view.tree);
  }
  for (const { resources } of outputs.flatMap((output) => [...output.stacks.values()])) {
    for (const { type, attributes } of resources.values()) {
      const { kind } = (attributes.manifest as { kind?: string } | undefined) ?? {};
      if (/^kubernetes_secret/.test(type) || kind === 'Secret') masker.learn(type, attributes);
    }
  }
}

function hide({ before, after, ...rest }: SeenPair, masker: Masker): SeenPair {
  const hidden = ({ resource, view }: Seen): Seen => ({
    resource,
    view: hideView(resource.type, view, masker),
  });
  return {
    ...rest,
    ...(before ? { before: hidden(before) } : {}),
    ...(after ? { after: hidden(after) } : {}),
  };
}

interface Context {
  isSelected(label: string): boolean;
  isGone(stack: string): boolean;
  /** Paths of the constructs of both sides. */
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
}

function changeOf(pair: SeenPair, context: Context): ResourceChange {
  const { isSelected, isGone } = context;
  const { before, after } = pair;
  const { resource, view } = (after ?? before) as Seen;
  const around = { type: resource.type, kind: view.object?.kind, isSelected };
  const attributes = differences(pair).map((difference) => {
    const change = treat(difference, around);
    return before && after ? change : asPartOfWhole(change);
  });
  const replaced = whyReplaced(pair, attributes);
  const action = actionOf(pair, replaced.length > 0);
  // `"2"` and `2`, a block and a list of one: Terraform takes both for the same.
  if (action === 'update' && attributes.length === 0) attributes.push(NOTATION);
  return {
    ...nameOf(resource, view),
    stack: resource.stack,
    address: resource.address,
    path: resource.path,
    action,
    ...(action === 'create' ? wholeOf(resource, context.before) : {}),
    ...(action === 'destroy' ? wholeOf(resource, context.after) : {}),
    reasons:
      action === 'destroy' && before ? whyDestroyed(before, isGone(resource.stack)) : replaced,
    attributes,
    ...(before?.view.object ? { before: before.view.object } : {}),
    ...(after?.view.object ? { after: after.view.object } : {}),
    source: 'code',
  };
}

function constructPaths({ stacks }: Output): Set<string> {
  const paths = new Set<string>();
  for (const { path } of [...stacks.values()].flatMap((stack) => [...stack.resources.values()])) {
    for (let at = path; at !== '' && !paths.has(at); at = at.slice(0, at.lastIndexOf('/'))) {
      paths.add(at);
      if (!at.includes('/')) break;
    }
  }
  return paths;
}

/** The largest construct around a resource that the other side does not have. */
function wholeOf({ path }: SynthesizedResource, others: ReadonlySet<string>): { whole?: string } {
  const parts = path.split('/');
  // The stack itself is what its settings belong to.
  const above = parts
    .slice(0, Math.max(1, parts.length - 1))
    .map((_, index) => parts.slice(0, index + 1).join('/'));
  const whole = above.find((ancestor) => !others.has(ancestor));
  return whole === undefined ? {} : { whole };
}

function nameOf({ type, stack, address }: SynthesizedResource, view: ResourceView): ResourceName {
  if (type === SETTINGS_TYPE) return { kind: 'Settings of stack', name: stack };
  const { kind, name, namespace } = view;
  return {
    kind,
    name: name === '' ? address : name,
    ...(namespace === undefined ? {} : { namespace }),
  };
}

const NOTATION: AttributeChange = { path: 'notation', treatment: 'folded', fold: 'same value' };

function actionOf({ before, after, moved }: SeenPair, replaced: boolean): Action {
  if (!before) return 'create';
  if (!after) return 'destroy';
  if (replaced) return 'replace';
  return moved ? 'move' : 'update';
}

function differences({ before, after }: SeenPair): Difference[] {
  if (before && after) return diffTrees(before.view.tree, after.view.tree);
  return before ? leavesOf(before.view.tree, 'before') : leavesOf(after?.view.tree, 'after');
}

/** What is created or destroyed is one line: its attributes are counted, and listed in the JSON. */
function asPartOfWhole(change: AttributeChange): AttributeChange {
  return change.treatment === 'masked'
    ? change
    : { ...change, treatment: 'folded', fold: 'whole resource' };
}
