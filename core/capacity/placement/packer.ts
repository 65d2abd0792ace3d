import { selects, untolerated } from '../node-match';
import { PackingState, type PackNode, type PackUnit } from './packing-state';
import { shuffled } from './random';

export interface Packing {
  /** Name of the server of each pod, in the order of units and pods; undefined for a unit without place. */
  readonly servers: readonly (readonly string[] | undefined)[];
  /** Servers that were tried for a pod. */
  readonly steps: number;
}

/** How units are ordered, and which of the servers that have room is taken. */
interface Strategy {
  readonly order: (a: PackUnit, b: PackUnit) => number;
  readonly fit: 'npus' | 'dominant';
}

const bySize = (a: PackUnit, b: PackUnit) =>
  b.npus * b.pods - a.npus * a.pods || b.npus - a.npus || b.memoryMib - a.memoryMib;

/**
 * Places units on servers: first fit decreasing onto the fullest server that has room, in several orders;
 * what is left over may move smaller pods aside. Deterministic: the same input gives the same
 * packing. It searches until everything is placed, or `maxSteps` servers were tried.
 *
 * @returns the best packing that was found: that which leaves the fewest NPUs without a place
 */
export function pack(
  nodes: readonly PackNode[],
  units: readonly PackUnit[],
  maxSteps: number,
): Packing {
  const eligible = eligibility(nodes, units);
  const dominant = dominantShare(nodes);
  const strategies: Strategy[] = [
    { order: bySize, fit: 'npus' },
    { order: (a, b) => b.pods - a.pods || dominant(b) - dominant(a), fit: 'dominant' },
    {
      order: (a, b) => b.pods - a.pods || b.npus - a.npus || dominant(b) - dominant(a),
      fit: 'npus',
    },
  ];
  let steps = 0;
  let best: { servers: Packing['servers']; missing: number } | undefined;
  for (let round = 0; steps < maxSteps; round++) {
    const { order, fit } = strategies[round % strategies.length] as Strategy;
    const indices = units.map((_, index) => index);
    const tried = round < strategies.length ? indices : shuffled(indices, round);
    const sorted = tried.sort((a, b) => order(units[a] as PackUnit, units[b] as PackUnit));
    const state = new PackingState(nodes, units, eligible, fit, maxSteps - steps);
    state.placeAll(sorted);
    steps += nodes.length + units.length + state.steps;
    const { missing } = state;
    if (best === undefined || missing < best.missing) best = { servers: state.servers(), missing };
    if (missing === 0) break;
  }
  return { servers: best?.servers ?? units.map(() => undefined), steps };
}

/** For each unit a row of the servers that it may be on at all; equal ones share a row. */
function eligibility(nodes: readonly PackNode[], units: readonly PackUnit[]): Uint8Array[] {
  const rows = new Map<string, Uint8Array>();
  return units.map((unit) => {
    const { nodeSelector, tolerations, resourceName, npus } = unit;
    const key = JSON.stringify([nodeSelector, tolerations, npus > 0 ? resourceName : '']);
    const known = rows.get(key);
    if (known) return known;
    const row = Uint8Array.from(nodes, (node) =>
      (npus === 0 || node.resourceName === resourceName) &&
      selects(nodeSelector, node.labels) &&
      untolerated(node.taints, tolerations).length === 0
        ? 1
        : 0,
    );
    rows.set(key, row);
    return row;
  });
}

/** The largest part of a server that a pod takes of anything. */
function dominantShare(nodes: readonly PackNode[]): (unit: PackUnit) => number {
  const most = (of: (node: PackNode) => number) =>
    nodes.reduce((max, node) => Math.max(max, of(node)), 1);
  const whole = {
    npus: most((node) => node.npus),
    milliCpus: most((node) => node.milliCpus),
    memoryMib: most((node) => node.memoryMib),
  };
  return (unit) =>
    Math.max(
      unit.npus / whole.npus,
      unit.milliCpus / whole.milliCpus,
      unit.memoryMib / whole.memoryMib,
    );
}
