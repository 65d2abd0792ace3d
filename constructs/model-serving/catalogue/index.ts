export * from './deployment';
export * from './licence';
export * from './licences';
export * from './model';
export * from './models';
export * from './vocabulary';
export * from './weights';
