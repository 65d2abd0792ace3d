export { type WeightsDownload, type WeightsMirror, weightsOfModel } from './download';
export * from './layout';
export * from './model-weights';
export * from './node-weights';
export type { ReadSpeed } from './read-speed';
export * from './source';
