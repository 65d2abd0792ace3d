import './synth-speed';

export * from '../core/accelerator';
export * from '../core/capacity';
export * from '../core/catalogue';
export * from '../core/errors';
export * from '../core/names';
export type { SecretKey } from '../core/secrets';
export { clientPolicyName, serviceUrl, servingEndpoint } from '../core/serving/endpoint';
export { imageFor } from '../core/serving/image';
export type { LicenceAcceptance } from '../core/serving/licence-acceptance';
export * from '../core/serving/model-fits';
export { servedModel } from '../core/serving/replica-plan';
export * from './acknowledge';
export * from './compute-cluster';
export * from './model-route';
export * from './model-serving';
export * from './moved';
export * from './tenant-namespace';
