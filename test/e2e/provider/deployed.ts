import type { DeclaredPhase } from '../../../cli/declared/phase';
import type { LiveCluster } from '../../../cli/live/cluster';
import type { Log } from '../stage';
import type { Terraform } from '../terraform';

/** A phase whose stacks Terraform has applied. */
export interface DeployedByTerraform {
  readonly cluster: LiveCluster;
  readonly phase: DeclaredPhase;
  readonly terraform: Terraform;
  /** Folder that was synthesized into. */
  readonly output: string;
  /** Folder of the states. */
  readonly states: string;
  readonly log: Log;
}
