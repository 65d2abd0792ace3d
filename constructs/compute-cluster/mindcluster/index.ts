export * from './images';
export { MindCluster, type MindClusterProps } from './mindcluster';
