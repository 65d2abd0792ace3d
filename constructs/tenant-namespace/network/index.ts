export * from './tenant-network';
export { validateDnsAddresses, validatePeers, validateTargets } from './validate';
