import type { Construct } from 'constructs';
import { type ComputeCluster, LABEL_PREFIX, TenantNamespace } from '../constructs';
import { lookup } from '../core/lookup';
import type { Phase, Tenant } from './centre';
import type { ItemProblems } from './check-data';
import type { ClusterStack } from './cluster-stack';
import { PhaseStack } from './phase-stack';
import type { Settings } from './settings';
import { stateOf } from './tenant-lock';

/** The tenants layer of a phase: a namespace for every tenant with an allocation on its cluster. */
export class TenantsStack extends PhaseStack {
  /** By tenant name. */
  readonly namespaces = new Map<string, TenantNamespace>();
  readonly cluster: ComputeCluster;

  constructor(
    scope: Construct,
    phase: Phase,
    settings: Settings,
    { cluster }: ClusterStack,
    tenants: readonly Tenant[],
    collector: ItemProblems,
  ) {
    super(scope, phase, 'tenants', settings);
    this.cluster = cluster;
    for (const tenant of tenants) {
      const {
        allocations,
        name,
        displayName,
        sector,
        scope: reach,
        source: _,
        ...options
      } = tenant;
      const allocation = lookup(allocations, phase.id);
      if (!allocation) continue;
      const namespace = collector.attemptItem(
        'tenants',
        tenant,
        () =>
          new TenantNamespace(this, name, {
            ...options,
            ...allocation,
            state: stateOf(tenant, allocation),
            cluster,
            tenantName: name,
            displayName,
            // A peer without a share on this cluster is a peer on others only.
            peers: tenant.peers?.filter((peer) => hasShare(tenants, peer, phase.id)),
            protect: settings.protectTenants,
            labels: {
              [`${LABEL_PREFIX}/sector`]: sector,
              [`${LABEL_PREFIX}/scope`]: reach,
              [`${LABEL_PREFIX}/phase`]: phase.id,
            },
          }),
      );
      if (namespace) this.namespaces.set(name, namespace);
    }
  }
}

function hasShare(tenants: readonly Tenant[], name: string, phase: string): boolean {
  const other = tenants.find((tenant) => tenant.name === name);
  return other !== undefined && lookup(other.allocations, phase) !== undefined;
}
