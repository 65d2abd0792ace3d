export * from './inherit';
export * from './read';
export type { Texts } from './texts';
