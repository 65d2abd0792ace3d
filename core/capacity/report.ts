import type { Acknowledgement } from '../rules';
import type { ClusterInventory, PhaseInventory, PoolEntry } from './inventory';
import {
  addCapacities,
  type Capacity,
  clusterCapacity,
  type ModelShare,
  modelShares,
  poolSupply,
  type Supply,
  type TenantShare,
  tenantShares,
} from './levels';
import { type Placement, placeCluster } from './placement';
import { type ProofLevel, type ProofResult, troubleLine } from './proof';

/** Name of the file beside the stacks: what was promised and proven, for reports without the constructs. */
export const CAPACITY_FILE = 'capacity.json';

/** Version of `capacity.json`: raised when a field changes its meaning or goes, not when one is added. */
export const CAPACITY_SCHEMA = 2;

/** Who a tenant is, whatever it has. */
export interface TenantInfo {
  readonly name: string;
  readonly displayName: string;
  readonly sector: string;
  readonly scope: string;
  /** Whether the centre runs it for all others: what it has is shared, not dedicated. */
  readonly shared: boolean;
  /** Who is asked about the tenant. @default - nobody is named */
  readonly contact?: string;
}

/** A tenant with all that reports say of it. */
export interface TenantCapacity extends TenantInfo {
  /** In the order of the phases; none where no cluster has a share of it. */
  readonly shares: readonly TenantShare[];
}

/** Something in the data that no source says. */
export interface Assumption {
  readonly about: string;
  readonly reason: string;
}

/** One expansion step and what is live with it. Petaflops are dense FP16 peak, NPUs schedulable devices. */
export interface PhaseCapacity {
  readonly id: string;
  /** Month, `2023-03`, or `planned`. */
  readonly inService: string;
  /** Cumulative milestone. */
  readonly milestonePetaflops: number;
  /** Name of the cluster that the phase adds; what follows is of this cluster. */
  readonly cluster: string;
  readonly servers: number;
  readonly npus: number;
  readonly peakPetaflops: number;
  readonly usablePetaflops: number;
  readonly soldPetaflops: number;
  readonly models: readonly ModelShare[];
  readonly capacity: Capacity;
  /** Peak of the environment: this phase and all before it. */
  readonly cumulativePetaflops: number;
  readonly cumulativeNpus: number;
  readonly cumulative: Capacity;
}

/** A pool as it was registered, and what it has. */
export type PoolCapacity = PoolEntry & { readonly supply: Supply };

/** Everything that was registered with one cluster, and its sums. */
export interface ClusterCapacity extends ClusterInventory {
  readonly phase: string;
  readonly pools: readonly PoolCapacity[];
  readonly capacity: Capacity;
  /** Every pod with the server that it has in a packing that was found: the packing is the proof. */
  readonly placement: Placement;
}

/** A proof about one thing, and the phase in which it was checked. */
export interface PhaseProof extends Omit<ProofResult, 'statement' | 'level' | 'acknowledgement'> {
  /** The sum that was done, `320 NPUs × 313 TFLOPS = 100.16 PF ≥ 100 PF`. */
  readonly arithmetic: string;
  readonly level: ProofLevel;
  /** Why the failure was accepted, and until when. @default - not acknowledged */
  readonly acknowledgement?: { readonly reason: string; readonly until: string };
  readonly phase: string;
}

/** `capacity.json`: what the centre has, what was promised to whom, and what was proven about it. */
export interface CapacityReport {
  readonly schemaVersion: typeof CAPACITY_SCHEMA;
  readonly name: string;
  readonly displayName: string;
  readonly assumptions: readonly Assumption[];
  /** Failed proofs, and risks of changes, that are accepted for a while. */
  readonly acknowledgements: readonly Acknowledgement[];
  readonly tenants: readonly TenantCapacity[];
  /** Those that were synthesized, in the order in which they go into service. */
  readonly phases: readonly PhaseCapacity[];
  readonly clusters: readonly ClusterCapacity[];
  readonly proofs: readonly PhaseProof[];
}

/** What a report is made from. */
export interface CapacityInput {
  readonly name: string;
  readonly displayName: string;
  readonly assumptions: readonly Assumption[];
  readonly acknowledgements: readonly Acknowledgement[];
  readonly tenants: readonly TenantInfo[];
  readonly phases: readonly (PhaseInventory & {
    readonly inService: string;
    readonly proofs: readonly ProofResult[];
  })[];
}

export function capacityReport(input: CapacityInput): CapacityReport {
  const { phases, ...centre } = input;
  const shared = new Set(centre.tenants.filter((t) => t.shared).map((tenant) => tenant.name));
  const capacities = phases.map(({ cluster }) => clusterCapacity(cluster, shared));
  const shares = phases.map(tenantShares);
  return {
    schemaVersion: CAPACITY_SCHEMA,
    ...centre,
    tenants: centre.tenants.map((tenant) => ({
      ...tenant,
      shares: shares.flatMap((byTenant) => byTenant.get(tenant.name) ?? []),
    })),
    phases: phases.map((phase, index) => phaseCapacity(phase, capacities.slice(0, index + 1))),
    clusters: phases.map(({ id, cluster }, index) => ({
      phase: id,
      ...cluster,
      pools: cluster.pools.map((pool) => ({ ...pool, supply: poolSupply(cluster, pool) })),
      capacity: capacities[index] ?? addCapacities([]),
      placement: placeCluster(cluster),
    })),
    proofs: phases.flatMap(({ id, proofs }) => proofs.map((proof) => phaseProof(id, proof))),
  };
}

function phaseProof(phase: string, result: ProofResult): PhaseProof {
  const { path, holds, statement: arithmetic, remedy, acknowledgement, ...proof } = result;
  const { reason = '', until = '' } = acknowledgement ?? {};
  return {
    ...{ phase, path, holds, arithmetic, remedy, ...proof },
    // No proof is for information alone.
    level: proof.level as ProofLevel,
    ...(acknowledgement ? { acknowledgement: { reason, until } } : {}),
  };
}

/** What reports show of proofs of a status: a line each. */
export function troubleLines(
  { proofs }: CapacityReport,
  status: 'failed' | 'acknowledged',
): string[] {
  return proofs
    .filter((proof) => proof.status === status)
    .map(({ arithmetic, ...proof }) => troubleLine({ ...proof, statement: arithmetic }));
}

/** @param capacities of the clusters so far, that of the phase last */
function phaseCapacity(
  { id, inService, milestonePetaflops, cluster }: CapacityInput['phases'][number],
  capacities: readonly Capacity[],
): PhaseCapacity {
  const capacity = capacities.at(-1) ?? addCapacities([]);
  const cumulative = addCapacities(capacities);
  return {
    id,
    inService,
    milestonePetaflops,
    cluster: cluster.name,
    servers: capacity.servers,
    npus: capacity.peak.npus,
    peakPetaflops: capacity.peak.petaflops,
    usablePetaflops: capacity.usable.petaflops,
    soldPetaflops: capacity.sold.petaflops,
    models: modelShares(cluster),
    capacity,
    cumulativePetaflops: cumulative.peak.petaflops,
    cumulativeNpus: cumulative.peak.npus,
    cumulative,
  };
}

/** The phases as proofs take them. */
export function phaseInventories({ phases, clusters }: CapacityReport): PhaseInventory[] {
  return phases.flatMap(({ id, milestonePetaflops, cluster: name }) => {
    const cluster = clusters.find((candidate) => candidate.name === name);
    return cluster ? [{ id, milestonePetaflops, cluster }] : [];
  });
}
