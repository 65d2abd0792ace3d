export * from './autoscaling';
export type { ContainerOptions } from './container';
export * from './model-serving';
export type { ModelServingProps } from './props';
export type { ServerTraffic } from './server-traffic';
export * from './weights';
