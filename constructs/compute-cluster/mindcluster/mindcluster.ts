import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { MindClusterVersion } from '../../../core/accelerator';
import {
  componentImage,
  MINDCLUSTER_COMPONENTS,
  type MindClusterComponent,
} from '../../../core/accelerator/mindcluster-images';
import type { ComponentEntry } from '../../../core/capacity';
import { dependOn } from '../../depend-on';
import { ClusterD } from './clusterd';
import type { ComponentProps } from './component';
import { DevicePlugin } from './device-plugin';
import { type ComponentNamespaceName, ComponentNamespaces } from './namespaces';
import { NodeD } from './noded';
import { NpuExporter } from './npu-exporter';

export interface MindClusterProps {
  /** Release of all components. */
  readonly version: MindClusterVersion;
  /** Release of Kubernetes, `1.34`. */
  readonly kubernetesVersion: string;
  /** Components to run; the others are somebody else's. */
  readonly managed: readonly MindClusterComponent[];
  /** Namespaces of components that are there already. */
  readonly externalNamespaces: readonly ComponentNamespaceName[];
  /** Prefix of the images, without a slash at its end. */
  readonly imageRegistry: string;
  /** Extended resource names of the cluster's NPUs. */
  readonly resourceNames: readonly string[];
  /** Nodes of the cluster, by which ClusterD is sized. */
  readonly nodes: number;
  /** Namespace whose pods may read metrics. */
  readonly monitoringNamespace: string;
  /** What must be there before the components: the priority classes. */
  readonly after: readonly ITerraformDependable[];
}

/**
 * The MindCluster components that make NPUs known to Kubernetes and watch over them. Volcano (the
 * Ascend build), the operators and all CRDs are prerequisites.
 */
export class MindCluster extends Construct {
  /** What the components' pods ask for. */
  readonly entries: readonly ComponentEntry[];

  constructor(scope: Construct, id: string, props: MindClusterProps) {
    super(scope, id);
    const entries: ComponentEntry[] = [];
    this.entries = entries;
    const report = (entry: ComponentEntry) => entries.push(entry);
    const { namespaces } = new ComponentNamespaces(
      this,
      'namespaces',
      props.managed,
      props.externalNamespaces,
    );
    for (const component of MINDCLUSTER_COMPONENTS) {
      if (!props.managed.includes(component)) continue;
      const image = componentImage(component, props.version, props.imageRegistry);
      const { resourceNames } = props;
      const made = this.make(component, { image, resourceNames, report }, props);
      dependOn(made, [...namespaces, ...props.after]);
    }
  }

  private make(
    component: MindClusterComponent,
    common: ComponentProps,
    { nodes, monitoringNamespace, kubernetesVersion }: MindClusterProps,
  ): Construct {
    switch (component) {
      case 'devicePlugin':
        return new DevicePlugin(this, 'device-plugin', { ...common, kubernetesVersion });
      case 'npuExporter':
        return new NpuExporter(this, 'npu-exporter', { ...common, monitoringNamespace });
      case 'noded':
        return new NodeD(this, 'noded', common);
      case 'clusterd':
        return new ClusterD(this, 'clusterd', { ...common, nodes });
    }
  }
}
