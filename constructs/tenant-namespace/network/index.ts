export * from './tenant-network';
export { validatePeers, validateTargets } from './validate';
