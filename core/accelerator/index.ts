export * from './catalogue';
export * from './labels';
export * from './mindcluster-releases';
export * from './npu-pods';
export * from './server-forms';
export * from './vnpus';
