import type { Output, SynthesizedResource, SynthesizedStack } from '../input/output';
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

function stackPairs(base: SynthesizedStack | undefined, head: SynthesizedStack | undefined) {
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

/** Whether two resources say the same, but for what cdktf notes for itself. */
function sameAttributes(before: Attributes, after: Attributes): boolean {
  const keys = Object.keys(before);
  return (
    keys.length === Object.keys(after).length &&
    keys.every((key) => key === '//' || (key in after && sameValue(before[key], after[key])))
  );
}

/** In JSON, where the order of keys means nothing; much quicker than what knows every type. */
function sameValue(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (typeof before !== 'object' || typeof after !== 'object' || !before || !after) return false;
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  const keys = Object.keys(before);
  if (keys.length !== Object.keys(after).length) return false;
  const [a, b] = [before as Attributes, after as Attributes];
  return keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]));
}
