import { Construct } from 'constructs';
import { MANAGED_BY } from '../../../core/names';
import { kubernetesObject, type ObjectOf } from '../../kubernetes-object';
import { CI_ACCOUNT, ROLE_RULES, TENANT_ROLES, type TenantRole, WORKLOAD_ACCOUNT } from './rules';
import type { TenantGroups } from './validate';

export interface TenantAccessProps {
  readonly namespace: string;
  readonly groups: TenantGroups;
  /** Name of a Secret of the namespace by which images are pulled. @default - none */
  readonly imagePullSecret?: string;
}

type Subjects = NonNullable<ObjectOf<'RoleBinding'>['subjects']>;

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
    kubernetesObject(this, role, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: this.metadata(role),
      rules: ROLE_RULES[role],
    });
    const groups = this.props.groups[role] ?? [];
    this.bind(
      role,
      role,
      groups.map((name) => ({ kind: 'Group', name, apiGroup: 'rbac.authorization.k8s.io' })),
    );
  }

  private addAccounts(): void {
    const { namespace, imagePullSecret } = this.props;
    const common = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      automountServiceAccountToken: false,
      imagePullSecrets: imagePullSecret ? [{ name: imagePullSecret }] : undefined,
    } as const;
    for (const name of [WORKLOAD_ACCOUNT, CI_ACCOUNT]) {
      kubernetesObject(this, `account-${name}`, { ...common, metadata: this.metadata(name) });
    }
    // The account of pods that name none is Kubernetes' own; only its settings are ours.
    kubernetesObject(this, 'account-default', {
      ...common,
      metadata: { name: 'default', namespace },
    });
    this.bind(CI_ACCOUNT, 'developer', [{ kind: 'ServiceAccount', name: CI_ACCOUNT, namespace }]);
  }

  private bind(name: string, role: TenantRole, subjects: Subjects): void {
    if (subjects.length === 0) return;
    kubernetesObject(this, `${name}-binding`, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: this.metadata(name),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role },
      subjects,
    });
  }
}
