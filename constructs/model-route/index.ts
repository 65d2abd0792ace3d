export * from './model-gateway';
export * from './model-replacement';
export * from './model-route';
