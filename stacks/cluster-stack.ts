import type { Construct } from 'constructs';
import {
  addProofs,
  ComputeCluster,
  type PhaseInventory,
  type ProofResult,
  proofsOf,
} from '../constructs';
import { hostNames } from '../core/capacity/node-pool';
import type { Phase } from './centre';
import { PhaseStack } from './phase-stack';
import type { Settings } from './settings';

/** The cluster layer of a phase. Proves the milestones of all phases so far. */
export class ClusterStack extends PhaseStack {
  readonly cluster: ComputeCluster;

  /** @param earlier cluster stacks of the phases before this one, in order */
  constructor(
    scope: Construct,
    readonly phase: Phase,
    settings: Settings,
    earlier: readonly ClusterStack[],
  ) {
    super(scope, phase, 'cluster', settings);
    const { name, pools, managementServers, options, gateway } = phase.cluster;
    this.cluster = new ComputeCluster(this, name, {
      ...options,
      // Where there is a front door, its silence is an alert.
      monitoring: { gateway: gateway !== undefined, ...options?.monitoring },
      clusterName: name,
      phase: phase.id,
      pools,
      managementHosts: hostNames(`${name}-mgmt`, managementServers),
    });
    addProofs(this, () => [
      { kind: 'phases', phases: [...earlier, this].map((stack) => stack.phaseInventory()) },
    ]);
  }

  phaseInventory(): PhaseInventory {
    const { id, milestonePetaflops } = this.phase;
    return { id, milestonePetaflops, cluster: this.cluster.inventory() };
  }

  /** Proofs about the cluster, and about this phase and all before it. */
  prove(): readonly ProofResult[] {
    return [...this.cluster.prove(), ...proofsOf(this)];
  }
}
