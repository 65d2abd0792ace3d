export * from './images';
export { MindCluster, type MindClusterProps } from './mindcluster';
export { COMPONENT_NAMESPACES, type ComponentNamespaceName } from './namespaces';
