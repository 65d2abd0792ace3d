import { MINDCLUSTER_RELEASES, type MindClusterVersion } from '.';

/**
 * Where Huawei publishes the component images (Ascend/mind-cluster `helm-deploy-tool/app/values.yaml`,
 * 26.1.0).
 */
export const IMAGE_REGISTRY = 'swr.cn-south-1.myhuaweicloud.com/ascendhub';

/** Name of the image of each component (same source). */
export const COMPONENT_IMAGES = {
  devicePlugin: 'ascend-k8sdeviceplugin',
  npuExporter: 'npu-exporter',
  noded: 'noded',
  clusterd: 'clusterd',
} as const;

/** Components that this package can run; Volcano and the operators are prerequisites. */
export type MindClusterComponent = keyof typeof COMPONENT_IMAGES;

export const MINDCLUSTER_COMPONENTS = Object.keys(
  COMPONENT_IMAGES,
) as readonly MindClusterComponent[];

/** Who runs a component: the cluster's own construct, or somebody else. */
export type ComponentMode = 'managed' | 'external';

export type Components = Readonly<Partial<Record<MindClusterComponent, ComponentMode>>>;

/** The components to run: all that are not external, of a release that this package can run. */
export function managedComponents(
  components: Components,
  version: MindClusterVersion,
): MindClusterComponent[] {
  if (MINDCLUSTER_RELEASES[version].imageTag === undefined) return [];
  return MINDCLUSTER_COMPONENTS.filter((name) => (components[name] ?? 'managed') === 'managed');
}

/**
 * Image of a component.
 * @param registry prefix without a slash at its end
 */
export function componentImage(
  component: MindClusterComponent,
  version: MindClusterVersion,
  registry: string,
): string {
  return `${registry}/${COMPONENT_IMAGES[component]}:${MINDCLUSTER_RELEASES[version].imageTag}`;
}
