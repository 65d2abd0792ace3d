import type { Taint, Toleration } from '../inventory';

/** A server, and what it has for pods: whole numbers, so that sums are exact. */
export interface PackNode {
  readonly name: string;
  readonly rack: string;
  readonly resourceName: string;
  readonly npus: number;
  readonly milliCpus: number;
  readonly memoryMib: number;
  readonly pods: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

/** Equal pods that are placed together or not at all, each on a server of its own. */
export interface PackUnit {
  readonly name: string;
  readonly pods: number;
  readonly resourceName: string;
  /** What one pod asks for. */
  readonly npus: number;
  readonly milliCpus: number;
  readonly memoryMib: number;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  /** Units of one key are spread: at most so many of them have a pod in a rack. @default - anywhere */
  readonly spread?: { readonly key: string; readonly maxPerRack: number };
}

/** Pods that may be moved aside for one that finds no place. */
const MAX_MOVED = 8;

/** What is free on every server while units are placed, and who is where. */
export class PackingState {
  /** Servers that were tried for a pod. */
  steps = 0;
  private readonly npus: Int32Array;
  private readonly cpus: Float64Array;
  private readonly memory: Float64Array;
  private readonly pods: Int32Array;
  /** Units with a pod on each server. */
  private readonly tenants: Set<number>[];
  private readonly placed: (number[] | undefined)[];
  /** Units of each spread key by rack. */
  private readonly racks = new Map<string, Map<string, number>>();

  constructor(
    private readonly nodes: readonly PackNode[],
    private readonly units: readonly PackUnit[],
    private readonly eligible: readonly Uint8Array[],
    private readonly fit: 'npus' | 'dominant',
    private readonly maxSteps: number,
  ) {
    this.npus = Int32Array.from(nodes, (node) => node.npus);
    this.cpus = Float64Array.from(nodes, (node) => node.milliCpus);
    this.memory = Float64Array.from(nodes, (node) => node.memoryMib);
    this.pods = Int32Array.from(nodes, (node) => node.pods);
    this.tenants = nodes.map(() => new Set());
    this.placed = units.map(() => undefined);
  }

  /** NPUs, and one for each pod, that have no place. */
  get missing(): number {
    return this.units.reduce(
      (total, unit, index) => total + (this.placed[index] ? 0 : unit.pods * (unit.npus + 1)),
      0,
    );
  }

  servers(): (readonly string[] | undefined)[] {
    return this.placed.map((nodes) => nodes?.map((node) => this.nodes[node]?.name ?? ''));
  }

  /** @param order indices of units */
  placeAll(order: readonly number[]): void {
    const left = order.filter((unit) => !this.place(unit));
    for (const unit of left) this.placeByMoving(unit);
  }

  private get exhausted(): boolean {
    return this.steps >= this.maxSteps;
  }

  /** @returns whether all pods of the unit have found a server, other than `avoid` */
  private place(index: number, avoid = -1): boolean {
    const unit = this.unit(index);
    const chosen: number[] = [];
    while (chosen.length < unit.pods) {
      const node = this.choose(index, unit, chosen, avoid);
      if (node === undefined) return false;
      chosen.push(node);
    }
    this.put(index, chosen);
    return true;
  }

  /** The server with room that has the least left over; the first of equals. */
  private choose(
    index: number,
    unit: PackUnit,
    taken: number[],
    avoid: number,
  ): number | undefined {
    const row = this.eligible[index] as Uint8Array;
    let best: number | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (let node = 0; node < row.length; node++) {
      if (row[node] === 0) continue;
      if (this.exhausted) return undefined;
      this.steps++;
      if (node === avoid || !this.hasRoom(unit, node) || taken.includes(node)) continue;
      if (this.crowds(unit, node, taken)) continue;
      const left = this.leftOver(unit, node);
      if (left < least) {
        least = left;
        best = node;
        if (left === 0 && this.fit === 'npus') break;
      }
    }
    return best;
  }

  private hasRoom(unit: PackUnit, node: number): boolean {
    return (
      (this.npus[node] as number) >= unit.npus &&
      (this.cpus[node] as number) >= unit.milliCpus &&
      (this.memory[node] as number) >= unit.memoryMib &&
      (this.pods[node] as number) >= 1
    );
  }

  private leftOver(unit: PackUnit, node: number): number {
    const npus = (this.npus[node] as number) - unit.npus;
    if (this.fit === 'npus') return npus;
    const { milliCpus, memoryMib, npus: all } = this.nodes[node] as PackNode;
    return (
      npus / Math.max(1, all) +
      ((this.cpus[node] as number) - unit.milliCpus) / milliCpus +
      ((this.memory[node] as number) - unit.memoryMib) / memoryMib
    );
  }

  /** Whether the rack has as many units of the spread key as it may. */
  private crowds({ spread }: PackUnit, node: number, taken: readonly number[]): boolean {
    if (spread === undefined) return false;
    const { rack } = this.nodes[node] as PackNode;
    if (taken.some((other) => this.nodes[other]?.rack === rack)) return false;
    return (this.racks.get(spread.key)?.get(rack) ?? 0) >= spread.maxPerRack;
  }

  /** Empties a server of smaller pods until the unit fits, where these find a place elsewhere. */
  private placeByMoving(index: number): boolean {
    if (this.place(index)) return true;
    const unit = this.unit(index);
    // Moving for a group is left to the next order of units.
    if (unit.pods > 1) return false;
    const row = this.eligible[index] as Uint8Array;
    for (let node = 0; node < row.length && !this.exhausted; node++) {
      if (row[node] === 0) continue;
      this.steps++;
      const moved = this.movable(unit, node);
      if (moved === undefined) continue;
      const before = moved.map((other) => this.take(other));
      const done: number[] = [];
      const fits = this.hasRoom(unit, node) && !this.crowds(unit, node, []);
      if (fits) {
        this.put(index, [node]);
        for (const other of moved) {
          if (!this.place(other, node)) break;
          done.push(other);
        }
        if (done.length === moved.length) return true;
        this.take(index);
      }
      for (const other of done) this.take(other);
      moved.forEach((other, i) => {
        this.put(other, before[i] as number[]);
      });
    }
    return false;
  }

  /** The fewest single pods of a server, largest first, without which the unit fits. */
  private movable(unit: PackUnit, node: number): number[] | undefined {
    const others = [...(this.tenants[node] as Set<number>)]
      .filter((other) => this.unit(other).pods === 1 && this.unit(other).npus <= unit.npus)
      .sort((a, b) => this.unit(b).npus - this.unit(a).npus || a - b);
    let npus = this.npus[node] as number;
    let cpus = this.cpus[node] as number;
    let memory = this.memory[node] as number;
    const moved: number[] = [];
    for (const other of others) {
      if (npus >= unit.npus && cpus >= unit.milliCpus && memory >= unit.memoryMib) break;
      if (moved.length === MAX_MOVED) return undefined;
      const { npus: n, milliCpus, memoryMib } = this.unit(other);
      npus += n;
      cpus += milliCpus;
      memory += memoryMib;
      moved.push(other);
    }
    const fits = npus >= unit.npus && cpus >= unit.milliCpus && memory >= unit.memoryMib;
    return fits && moved.length > 0 ? moved : undefined;
  }

  private put(index: number, nodes: number[]): void {
    this.change(index, nodes, 1);
    this.placed[index] = nodes;
  }

  /** @returns where the unit was */
  private take(index: number): number[] {
    const nodes = this.placed[index] ?? [];
    this.change(index, nodes, -1);
    this.placed[index] = undefined;
    return nodes;
  }

  private change(index: number, nodes: readonly number[], sign: 1 | -1): void {
    const unit = this.unit(index);
    for (const node of nodes) {
      this.npus[node] = (this.npus[node] as number) - sign * unit.npus;
      this.cpus[node] = (this.cpus[node] as number) - sign * unit.milliCpus;
      this.memory[node] = (this.memory[node] as number) - sign * unit.memoryMib;
      this.pods[node] = (this.pods[node] as number) - sign;
      const tenants = this.tenants[node] as Set<number>;
      if (sign > 0) tenants.add(index);
      else tenants.delete(index);
    }
    if (unit.spread === undefined) return;
    const racks = this.racks.get(unit.spread.key) ?? new Map<string, number>();
    this.racks.set(unit.spread.key, racks);
    for (const rack of new Set(nodes.map((node) => this.nodes[node]?.rack ?? ''))) {
      racks.set(rack, (racks.get(rack) ?? 0) + sign);
    }
  }

  private unit(index: number): PackUnit {
    return this.units[index] as PackUnit;
  }
}
