export { check, DATA, type Values, type Violation } from './check';
export { nearest } from './messages';
export type { SchemaName } from './schema';
export * from './types';
