export { TENANT_ROLES, type TenantGroups, type TenantRole } from './access';
export type { NpuAmount } from './amounts';
export type { TenantState, TenantTerm } from './lifecycle';
export { type NetworkTarget, TenantNetwork, type TenantNetworkProps } from './network';
export { TENANT_PRIORITIES } from './priorities';
export type { PodSecurityLevel, TenantNamespaceProps } from './props';
export type { ObjectCounts, PriorityShare, StorageShare } from './quota';
export { TenantNamespace } from './tenant-namespace';
