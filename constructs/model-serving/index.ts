export * from './catalogue/model';
export * from './catalogue/models';
export * from './model-serving';
export * from './model-weights';
export { imageFor } from './pod-template';
