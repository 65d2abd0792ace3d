import { ClusterRoleBindingV1 } from '@cdktf/provider-kubernetes/lib/cluster-role-binding-v1';
import { ClusterRoleV1 } from '@cdktf/provider-kubernetes/lib/cluster-role-v1';
import { ServiceAccountV1 } from '@cdktf/provider-kubernetes/lib/service-account-v1';
import { Construct } from 'constructs';
import { MANAGED_BY } from '../../../core/names';

/** Verbs on resources of an API group. */
export interface AccessRule {
  /** @default '' - the core group */
  readonly groups?: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

export interface ComponentAccessProps {
  readonly serviceAccount: string;
  readonly namespace: string;
  /** Name of ClusterRole and ClusterRoleBinding. */
  readonly roleName: string;
  readonly rules: readonly AccessRule[];
}

/** A service account, and what it may do in the whole cluster. */
export class ComponentAccess extends Construct {
  constructor(scope: Construct, id: string, props: ComponentAccessProps) {
    super(scope, id);
    const { serviceAccount, namespace, roleName } = props;
    new ServiceAccountV1(this, 'account', {
      metadata: { name: serviceAccount, namespace, labels: { ...MANAGED_BY } },
    });
    new ClusterRoleV1(this, 'role', {
      metadata: { name: roleName, labels: { ...MANAGED_BY } },
      rule: props.rules.map(({ groups, resources, verbs }) => ({
        apiGroups: [...(groups ?? [''])],
        resources: [...resources],
        verbs: [...verbs],
      })),
    });
    new ClusterRoleBindingV1(this, 'binding', {
      metadata: { name: roleName, labels: { ...MANAGED_BY } },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: roleName },
      subject: [{ kind: 'ServiceAccount', name: serviceAccount, namespace }],
    });
  }
}
