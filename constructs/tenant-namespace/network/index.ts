export type { NetworkTarget } from './target';
export * from './tenant-network';
export { validatePeers, validateTargets } from './validate';
