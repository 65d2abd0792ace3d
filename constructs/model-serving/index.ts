export * from './autoscaling';
export type { ContainerOptions } from './container';
export * from './model-serving';
export * from './weights';
