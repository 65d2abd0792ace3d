export * from './compute-cluster';
export * from './declared-capacity';
export * from './node-pool';
export * from './priorities';
