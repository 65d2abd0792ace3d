export * from './catalogue';
export * from './data-types';
export * from './labels';
export * from './mindcluster-releases';
export * from './npu-pods';
export * from './server-forms';
export * from './visible-memory';
export * from './vnpus';
