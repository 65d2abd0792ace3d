export * from '../../../core/accelerator/mindcluster-images';
export { MindCluster, type MindClusterProps } from './mindcluster';
export { COMPONENT_NAMESPACES, type ComponentNamespaceName } from './namespaces';
