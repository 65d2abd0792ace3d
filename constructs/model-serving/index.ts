export * from './catalogue';
export { servingEndpoint } from './command';
export * from './model-serving';
export * from './model-weights';
export { imageFor } from './pod-template';
