import type { Construct } from 'constructs';
import { LABEL_PREFIX, TenantNamespace } from '../constructs';
import type { Phase, Tenant } from './centre';
import type { ClusterStack } from './cluster-stack';
import { PhaseStack } from './phase-stack';
import type { Settings } from './settings';
import type { ProblemCollector } from './validate-centre';

/** The tenants layer of a phase: a namespace for every tenant with an allocation on its cluster. */
export class TenantsStack extends PhaseStack {
  /** By tenant name. */
  readonly namespaces = new Map<string, TenantNamespace>();

  constructor(
    scope: Construct,
    phase: Phase,
    settings: Settings,
    { cluster }: ClusterStack,
    tenants: readonly Tenant[],
    collector: ProblemCollector,
  ) {
    super(scope, phase, 'tenants', settings);
    for (const tenant of tenants) {
      const allocation = tenant.allocations[phase.id];
      if (!allocation) continue;
      const namespace = collector.attempt(
        () =>
          new TenantNamespace(this, tenant.name, {
            cluster,
            tenantName: tenant.name,
            guarantee: allocation.guarantee,
            ceiling: allocation.ceiling,
            podSecurity: tenant.podSecurity,
            labels: {
              [`${LABEL_PREFIX}/sector`]: tenant.sector,
              [`${LABEL_PREFIX}/scope`]: tenant.scope,
              [`${LABEL_PREFIX}/phase`]: phase.id,
            },
          }),
      );
      if (namespace) this.namespaces.set(tenant.name, namespace);
    }
  }
}
