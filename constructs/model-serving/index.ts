export * from './catalogue/model';
export * from './catalogue/models';
export { servingEndpoint } from './command';
export * from './model-serving';
export * from './model-weights';
export { imageFor } from './pod-template';
