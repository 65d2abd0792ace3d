import type { SynthesizedResource } from '../input/output';
import { type Difference, diffTrees } from './diff';
import type { Pair } from './pairs';
import type { Learnable, Secrets } from './secrets';
import { maskView, type ResourceView, viewOf } from './view';

/** A resource, of an output or of a plan, with how it is seen. */
export interface Seen<Resource extends { readonly type: string } = { readonly type: string }> {
  readonly resource: Resource;
  readonly view: ResourceView;
}

/** Both sides of a resource, or one. */
export interface SeenPair<Resource extends { readonly type: string } = { readonly type: string }> {
  readonly before?: Seen<Resource>;
  readonly after?: Seen<Resource>;
}

/** A pair of two outputs. */
export interface CodePair extends SeenPair<SynthesizedResource>, Pick<Pair, 'moved'> {}

/** Renders both sides of pairs; an object that is gone here and comes there is one pair. */
export function seePairs(pairs: readonly Pair[]): CodePair[] {
  return joinSameObjects(pairs.map(see));
}

function see({ before, after, ...rest }: Pair): CodePair {
  const seen = (
    resource: SynthesizedResource,
    earlier?: Seen<SynthesizedResource>,
  ): Seen<SynthesizedResource> => {
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
function joinSameObjects(pairs: readonly CodePair[]): CodePair[] {
  const identity = ({ resource, view }: Seen<SynthesizedResource>) =>
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

/** What there is to learn secrets from in a pair. */
export function treesOf({ before, after }: SeenPair): Learnable[] {
  return [
    ...(before ? [{ type: before.resource.type, tree: before.view.tree }] : []),
    ...(after
      ? [{ type: after.resource.type, tree: after.view.tree, learned: before?.view.tree }]
      : []),
  ];
}

/** The same pair without what is sensitive. */
export function maskPair<P extends SeenPair>(pair: P, secrets: Secrets): P {
  const { before, after } = pair;
  const masked = ({ resource, view }: Seen): Seen => ({
    resource,
    view: maskView(resource.type, view, secrets),
  });
  return {
    ...pair,
    ...(before ? { before: masked(before) } : {}),
    ...(after ? { after: masked(after) } : {}),
  };
}

/** Leaves that differ; all of what is on one side only. */
export function differencesOf({ before, after }: SeenPair): Difference[] {
  return diffTrees(before?.view.tree, after?.view.tree);
}
