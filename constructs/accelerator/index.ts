export * from './catalogue';
export * from './labels';
export * from './mindcluster-releases';
export * from './server-forms';
export * from './vnpus';
