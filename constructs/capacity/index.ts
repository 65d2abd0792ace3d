export * from './ledger';
export * from './localization-plan';
export * from './proof';
export * from './registry';
export * from './replacements';
export * from './serving-plan';
