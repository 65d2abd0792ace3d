import { DefaultServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/default-service-account-v1';
import {
  RoleBindingV1,
  type RoleBindingV1Subject,
} from '@cdktf/provider-kubernetes/lib/role-binding-v1';
import { RoleV1 } from '@cdktf/provider-kubernetes/lib/role-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { Construct } from 'constructs';
import { MANAGED_BY } from '../../../core/names';
import { escapeTemplate } from '../../custom-resource';
import { CI_ACCOUNT, ROLE_RULES, TENANT_ROLES, type TenantRole, WORKLOAD_ACCOUNT } from './rules';
import type { TenantGroups } from './validate';

export interface TenantAccessProps {
  readonly namespace: string;
  readonly groups: TenantGroups;
  /** Name of a Secret of the namespace by which images are pulled. @default - none */
  readonly imagePullSecret?: string;
}

/**
 * Who may do what in a tenant's namespace: three roles that are bound to groups, and accounts without
 * a token in their pods.
 */
export class TenantAccess extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: TenantAccessProps,
  ) {
    super(scope, id);
    for (const role of TENANT_ROLES) this.addRole(role);
    this.addAccounts();
  }

  private metadata(name: string) {
    return { name, namespace: this.props.namespace, labels: { ...MANAGED_BY } };
  }

  private addRole(role: TenantRole): void {
    new RoleV1(this, role, {
      metadata: this.metadata(role),
      rule: ROLE_RULES[role].map(({ apiGroups, resources, verbs, resourceNames }) => ({
        apiGroups: [...apiGroups],
        resources: [...resources],
        verbs: [...verbs],
        ...(resourceNames ? { resourceNames: [...resourceNames] } : {}),
      })),
    });
    const groups = this.props.groups[role] ?? [];
    this.bind(
      role,
      role,
      groups.map((name) => ({
        kind: 'Group',
        name: escapeTemplate(name),
        apiGroup: 'rbac.authorization.k8s.io',
      })),
    );
  }

  private addAccounts(): void {
    const { namespace, imagePullSecret } = this.props;
    const common = {
      automountServiceAccountToken: false,
      ...(imagePullSecret ? { imagePullSecret: [{ name: imagePullSecret }] } : {}),
    };
    for (const name of [WORKLOAD_ACCOUNT, CI_ACCOUNT]) {
      new ServiceAccountV1(this, `account-${name}`, { metadata: this.metadata(name), ...common });
    }
    // The account of pods that name none is Kubernetes' own; only its settings are ours.
    new DefaultServiceAccountV1(this, 'account-default', { metadata: { namespace }, ...common });
    this.bind(CI_ACCOUNT, 'developer', [{ kind: 'ServiceAccount', name: CI_ACCOUNT, namespace }]);
  }

  private bind(name: string, role: TenantRole, subject: RoleBindingV1Subject[]): void {
    if (subject.length === 0) return;
    new RoleBindingV1(this, `${name}-binding`, {
      metadata: this.metadata(name),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role },
      subject,
    });
  }
}
