export * from './admission-policies';
export * from './policy';
export * from './registry';
