import './synth-speed';

export * from './accelerator';
export * from './acknowledge';
export * from './capacity';
export * from './compute-cluster';
export * from './errors';
export * from './model-route';
export * from './model-serving';
export * from './moved';
export * from './names';
export * from './tenant-namespace';
