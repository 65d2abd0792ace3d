import { PRIORITIES, SYSTEM_PRIORITY } from '../compute-cluster';

/** Priority classes of tenants: all but that of the cluster's own components. */
export const TENANT_PRIORITIES: readonly string[] = PRIORITIES.map(({ name }) => name).filter(
  (name) => name !== SYSTEM_PRIORITY,
);

/** Classes that are never a tenant's; those of Kubernetes itself among them. */
export const RESERVED_PRIORITIES = [
  SYSTEM_PRIORITY,
  'system-cluster-critical',
  'system-node-critical',
];
