export * from './deployment';
export * from './licence';
export * from './model';
export * from './models';
export * from './vllm-flags';
export * from './vocabulary';
export * from './weights';
