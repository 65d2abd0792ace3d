import type { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { Construct } from 'constructs';
import type { MindClusterComponent } from '../../../core/accelerator/mindcluster-images';
import { MANAGED_BY } from '../../../core/names';
import { kubernetesObject } from '../../kubernetes-object';

/** Namespace of NodeD, ClusterD and the operators of MindCluster. */
export const MINDX_NAMESPACE = 'mindx-dl';

/** Namespace of what ClusterD reads and writes about the cluster. */
export const CLUSTER_SYSTEM_NAMESPACE = 'cluster-system';

/** Namespace of the NPU Exporter. */
export const NPU_EXPORTER_NAMESPACE = 'npu-exporter';

/** Namespaces that components live in; `kube-system`, that of the device plugin, is there already. */
export const COMPONENT_NAMESPACES = [
  NPU_EXPORTER_NAMESPACE,
  MINDX_NAMESPACE,
  CLUSTER_SYSTEM_NAMESPACE,
] as const;
export type ComponentNamespaceName = (typeof COMPONENT_NAMESPACES)[number];

interface ComponentNamespace {
  readonly users: readonly MindClusterComponent[];
  /** Pod Security level that is enforced. */
  readonly podSecurity: 'privileged' | 'restricted';
}

/** Names as upstream's manifests and documentation have them. */
const NAMESPACES: Readonly<Record<ComponentNamespaceName, ComponentNamespace>> = {
  'npu-exporter': { users: ['npuExporter'], podSecurity: 'privileged' },
  'mindx-dl': { users: ['noded', 'clusterd'], podSecurity: 'privileged' },
  'cluster-system': { users: ['clusterd'], podSecurity: 'restricted' },
};

/**
 * Namespaces of managed components. One that an external component lives in belongs to whoever
 * installed that component, and one that is external to whoever made it.
 */
export class ComponentNamespaces extends Construct {
  readonly namespaces: readonly NamespaceV1[];

  constructor(
    scope: Construct,
    id: string,
    managed: readonly MindClusterComponent[],
    external: readonly ComponentNamespaceName[],
  ) {
    super(scope, id);
    this.namespaces = COMPONENT_NAMESPACES.filter(
      (name) =>
        !external.includes(name) &&
        NAMESPACES[name].users.every((component) => managed.includes(component)),
    ).map((name) =>
      kubernetesObject(this, name, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name,
          labels: {
            ...MANAGED_BY,
            'pod-security.kubernetes.io/enforce': NAMESPACES[name].podSecurity,
          },
        },
      }),
    );
  }
}
