import { duplicates } from '../../../core/validate';
import { TENANT_ROLES, type TenantRole } from './rules';

/** Names of groups of the cluster's identity provider, by role. */
export type TenantGroups = Readonly<Partial<Record<TenantRole, readonly string[]>>>;

/** People are members of groups; groups of Kubernetes itself are nobody's. */
export function validateGroups(groups: TenantGroups): string[] {
  return Object.entries(groups).flatMap(([role, names]) => {
    if (!(TENANT_ROLES as readonly string[]).includes(role)) {
      return [`groups must be of ${TENANT_ROLES.join(', ')}; correct the role, got: '${role}'`];
    }
    const what = `groups.${role}`;
    if (!Array.isArray(names)) {
      return [`${what} must be a list of groups; correct it, got: ${JSON.stringify(names)}`];
    }
    return [
      ...(names.length > 0
        ? []
        : [`${what} must name a group; add one or leave it out, got: none`]),
      ...names
        .filter((name) => name.trim() === '' || name !== name.trim())
        .map(
          (name) =>
            `${what}: a group has a name without blanks at its ends; correct it, got: '${name}'`,
        ),
      ...names
        .filter((name) => name.startsWith('system:'))
        .map(
          (name) =>
            `${what}: groups of Kubernetes itself are not a tenant's; name another, got: '${name}'`,
        ),
      ...duplicates(names).map((name) => `${what} names a group twice; remove one, got: '${name}'`),
    ];
  });
}
