export * from './acknowledgement';
export * from './result';
export * from './rule';
export * from './run-rules';
