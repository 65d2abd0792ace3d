import type { DeclaredPhase } from '../../../cli/declared/phase';
import type { LiveCluster } from '../../../cli/live/cluster';

export interface Planting {
  readonly cluster: LiveCluster;
  readonly phase: DeclaredPhase;
  /** For files; it is removed at the end. */
  readonly folder: string;
}
