export * from './model-gateway';
export * from './model-replacement';
export * from './model-route';
export { type MetadataKey, TENANT_HEADER, type TokenLimit } from './token-limits';
