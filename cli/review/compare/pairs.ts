import type { Output, ReviewedStack, SynthesizedResource } from '../input/output';
import type { Attributes } from './view';

/** A resource on both sides, or on one. */
export interface Pair {
  readonly before?: SynthesizedResource;
  readonly after?: SynthesizedResource;
  /** Whether a `moved` block tells Terraform of the new address. @default false */
  readonly moved?: boolean;
}

/** Pairs that differ: resources of one address, after `moved` blocks; then of one construct path. */
export function changedPairs(base: Output, head: Output): Pair[] {
  const names = new Set([...base.stacks.keys(), ...head.stacks.keys()]);
  return [...names].flatMap((name) => {
    const [before, after] = [base.stacks.get(name), head.stacks.get(name)];
    return stackPairs(before, after);
  });
}

function stackPairs(base: ReviewedStack | undefined, head: ReviewedStack | undefined) {
  const pairs: Pair[] = [];
  const gone: SynthesizedResource[] = [];
  const taken = new Set<string>();
  for (const before of base?.resources.values() ?? []) {
    const address = head?.moved.get(before.address) ?? before.address;
    const after = head?.resources.get(address);
    if (after === undefined || taken.has(address)) {
      gone.push(before);
      continue;
    }
    taken.add(address);
    const moved = after.address !== before.address;
    if (moved || !sameAttributes(before.attributes, after.attributes)) {
      pairs.push({ before, after, ...(moved ? { moved } : {}) });
    }
  }
  const come = new Map<string, SynthesizedResource>();
  for (const after of head?.resources.values() ?? []) {
    if (!taken.has(after.address)) come.set(after.path, after);
  }
  // Of another address at the same construct: another type, or an id that was overridden.
  for (const before of gone) {
    const after = come.get(before.path);
    if (after) come.delete(before.path);
    pairs.push(after ? { before, after } : { before });
  }
  return [...pairs, ...[...come.values()].map((after) => ({ after }))];
}

/**
 * Whether two resources say the same, but for what cdktf notes for itself. Where they do not, what is
 * equal in them is one object afterwards: it is rendered and compared once.
 */
function sameAttributes(before: Attributes, after: Attributes): boolean {
  const { '//': _, ...own } = before;
  const { '//': __, ...others } = after;
  return share(own, others, after);
}

/** In JSON, where the order of keys means nothing; much quicker than what knows every type. */
function same(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (typeof before !== 'object' || typeof after !== 'object' || !before || !after) return false;
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  return share(before as Tree, after as Tree, after as Tree);
}

type Tree = Record<string, unknown>;

/** @param into where equal parts of `after` are put */
function share(before: Attributes, after: Attributes, into: Attributes): boolean {
  const keys = Object.keys(after);
  let equal = keys.length === Object.keys(before).length;
  for (const key of keys) {
    if (!Object.hasOwn(before, key) || !same(before[key], after[key])) equal = false;
    // Setting `__proto__` sets no key.
    else if (typeof after[key] === 'object' && key !== '__proto__')
      (into as Tree)[key] = before[key];
  }
  return equal;
}
