import { type Output, SETTINGS_TYPE, type SynthesizedResource } from '../input/output';
import type { Action, AttributeChange, ResourceChange, ResourceName } from './change';
import type { Difference } from './diff';
import { whyDestroyed, whyReplaced } from './reasons';
import type { Learnable } from './secrets';
import type { CodePair, Seen } from './seen';
import { asPartOfWhole, treat } from './treat';
import type { ResourceView } from './view';

/** Every Secret of an output, whether it changes or not: its data may show up elsewhere. */
export function secretResources({ stacks }: Output): Learnable[] {
  return [...stacks.values()].flatMap(({ resources }) =>
    [...resources.values()].flatMap(({ type, attributes }) => {
      const { kind } = (attributes.manifest as { kind?: string } | undefined) ?? {};
      const isSecret = /^kubernetes_secret/.test(type) || kind === 'Secret';
      return isSecret ? [{ type, tree: attributes }] : [];
    }),
  );
}

/** What is known of both outputs when a pair of them is classified. */
export interface CodeContext {
  /** Labels that a selector of the head names. */
  readonly selected: ReadonlySet<string>;
  /** Names of the stacks of the head. */
  readonly stacks: ReadonlySet<string>;
  /** Paths of the constructs of both sides. */
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
}

export function codeContext(
  base: Output,
  head: Output,
  selected: ReadonlySet<string>,
): CodeContext {
  return {
    selected,
    stacks: new Set(head.stacks.keys()),
    before: constructPaths(base),
    after: constructPaths(head),
  };
}

/** What the difference of two outputs does with a resource, without Terraform: no state, no cluster. */
export function codeChange(
  pair: CodePair,
  differences: readonly Difference[],
  context: CodeContext,
): ResourceChange {
  const { before, after } = pair;
  const { resource, view } = (after ?? before) as Seen<SynthesizedResource>;
  const around = { type: resource.type, kind: view.object?.kind, selected: context.selected };
  const attributes = differences.map((difference) => {
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
      action === 'destroy' && before
        ? whyDestroyed(before, !context.stacks.has(resource.stack))
        : replaced,
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

function actionOf({ before, after, moved }: CodePair, replaced: boolean): Action {
  if (!before) return 'create';
  if (!after) return 'destroy';
  if (replaced) return 'replace';
  return moved ? 'move' : 'update';
}
