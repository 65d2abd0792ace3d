import type { GroupName } from '../../../core/schema/types';
import type { TenantRole } from './rules';

/** @minItems 1 @uniqueItems */
export type GroupNames = readonly GroupName[];

/** Groups of the cluster's identity provider by role: people are members of groups. */
export type TenantGroups = Readonly<Partial<Record<TenantRole, GroupNames>>>;
