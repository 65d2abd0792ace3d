import type { Output, SynthesizedResource, SynthesizedStack } from '../input/output';

/** A resource on both sides, or on one. */
export interface Pair {
  readonly before?: SynthesizedResource;
  readonly after?: SynthesizedResource;
  /** Whether a `moved` block tells Terraform of the new address. @default false */
  readonly moved?: boolean;
}

/** Pairs whose texts differ: resources of one address, after `moved` blocks; then of one construct path. */
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
    if (moved || JSON.stringify(before.attributes) !== JSON.stringify(after.attributes)) {
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
