import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { MindClusterVersion } from '../../../core/accelerator';
import { COMPONENT_NAMES, componentFile } from '../../../core/accelerator/mindcluster-components';
import {
  componentImage,
  MINDCLUSTER_COMPONENTS,
  type MindClusterComponent,
} from '../../../core/accelerator/mindcluster-images';
import type { ComponentEntry } from '../../../core/capacity';
import { dependOn } from '../../depend-on';
import { Component, type ComponentProps } from './component';
import { addFaultPolicy, addReportService, closeNetwork } from './extras';
import { type ComponentNamespaceName, ComponentNamespaces } from './namespaces';

export interface MindClusterProps
  extends Pick<ComponentProps, 'kubernetesVersion' | 'resourceNames' | 'nodes'> {
  /** Release of all components. */
  readonly version: MindClusterVersion;
  /** Components to run; the others are somebody else's. */
  readonly managed: readonly MindClusterComponent[];
  /** Namespaces of components that are there already. */
  readonly externalNamespaces: readonly ComponentNamespaceName[];
  /** Prefix of the images, without a slash at its end. */
  readonly imageRegistry: string;
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
    const { managed, version, imageRegistry, externalNamespaces } = props;
    const { namespaces } = new ComponentNamespaces(this, 'namespaces', managed, externalNamespaces);
    for (const component of MINDCLUSTER_COMPONENTS.filter((name) => managed.includes(name))) {
      const file = componentFile(component);
      const made = new Component(this, COMPONENT_NAMES[component], file, {
        ...props,
        image: componentImage(component, version, imageRegistry),
        report: (entry) => entries.push(entry),
      });
      if (component === 'npuExporter') closeNetwork(made, file, props.monitoringNamespace);
      if (component === 'clusterd') {
        addFaultPolicy(made);
        addReportService(made, file);
      }
      dependOn(made, [...namespaces, ...props.after]);
    }
  }
}
