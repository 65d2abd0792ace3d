export type { PodKind } from './demand';
export { type PlacedPod, type Placement, placeCluster, placeWithoutRack } from './placement';
