export * from './compute-cluster';
export * from './node-pool';
export * from './priorities';
