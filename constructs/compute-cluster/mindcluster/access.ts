import { Construct } from 'constructs';
import { MANAGED_BY } from '../../../core/names';
import { kubernetesObject } from '../../kubernetes-object';

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
    kubernetesObject(this, 'account', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: serviceAccount, namespace, labels: { ...MANAGED_BY } },
    });
    kubernetesObject(this, 'role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: roleName, labels: { ...MANAGED_BY } },
      rules: props.rules.map(({ groups = [''], ...rule }) => ({ apiGroups: groups, ...rule })),
    });
    kubernetesObject(this, 'binding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: roleName, labels: { ...MANAGED_BY } },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: roleName },
      subjects: [{ kind: 'ServiceAccount', name: serviceAccount, namespace }],
    });
  }
}
