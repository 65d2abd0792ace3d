export * from './ledger';
export type { Amount, Capacity, ModelShare, Supply, TenantShare } from './levels';
export * from './localization-plan';
export * from './proof';
export * from './quantity';
export * from './registry';
export * from './replacements';
export * from './report';
export * from './serving-plan';
