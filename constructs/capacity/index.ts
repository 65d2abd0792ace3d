export * from './ledger';
export * from './proof';
export * from './registry';
export * from './serving-plan';
