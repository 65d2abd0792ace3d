export * from './rules';
export * from './tenant-access';
export * from './validate';
