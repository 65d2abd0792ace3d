import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { Construct } from 'constructs';
import { MANAGED_BY } from '../../names';
import type { MindClusterComponent } from './images';

/** Namespace of NodeD, ClusterD and the operators of MindCluster. */
export const MINDX_NAMESPACE = 'mindx-dl';

/** Namespace of what ClusterD reads and writes about the cluster. */
export const CLUSTER_SYSTEM_NAMESPACE = 'cluster-system';

/** Namespace of the NPU Exporter. */
export const NPU_EXPORTER_NAMESPACE = 'npu-exporter';

interface ComponentNamespace {
  readonly name: string;
  readonly users: readonly MindClusterComponent[];
  /** Pod Security level that is enforced. */
  readonly podSecurity: 'privileged' | 'restricted';
}

/** Names as upstream's manifests and documentation have them; `kube-system` is there already. */
const NAMESPACES: readonly ComponentNamespace[] = [
  { name: NPU_EXPORTER_NAMESPACE, users: ['npuExporter'], podSecurity: 'privileged' },
  { name: MINDX_NAMESPACE, users: ['noded', 'clusterd'], podSecurity: 'privileged' },
  { name: CLUSTER_SYSTEM_NAMESPACE, users: ['clusterd'], podSecurity: 'restricted' },
];

/**
 * Namespaces of managed components. One that an external component lives in belongs to whoever
 * installed that component.
 */
export class ComponentNamespaces extends Construct {
  readonly namespaces: readonly NamespaceV1[];

  constructor(scope: Construct, id: string, managed: readonly MindClusterComponent[]) {
    super(scope, id);
    this.namespaces = NAMESPACES.filter(({ users }) =>
      users.every((component) => managed.includes(component)),
    ).map(
      ({ name, podSecurity }) =>
        new NamespaceV1(this, name, {
          metadata: {
            name,
            labels: { ...MANAGED_BY, 'pod-security.kubernetes.io/enforce': podSecurity },
          },
        }),
    );
  }
}
