import type { PriorityClassV1 } from '@cdktf/provider-kubernetes/lib/priority-class-v1';
import { Construct } from 'constructs';
import { MANAGED_BY } from '../../core/names';
import { kubernetesObject } from '../kubernetes-object';

/** A rung of the priority ladder; values are ours, the order is what counts. */
export interface Priority {
  readonly name: string;
  readonly value: number;
  readonly description: string;
}

/** Class of the components that a cluster cannot work without. */
export const SYSTEM_PRIORITY = 'centre-system';

/**
 * Highest first. The stock Ascend Volcano neither preempts nor reclaims, so a priority decides who
 * is placed next, never who is thrown out: `preemptionPolicy` is `Never`.
 */
export const PRIORITIES: readonly Priority[] = [
  { name: SYSTEM_PRIORITY, value: 1_000_000, description: 'Components of the centre itself' },
  { name: 'online-serving', value: 100_000, description: 'Model services that clients call' },
  { name: 'interactive', value: 10_000, description: 'Notebooks and debugging; the default' },
  { name: 'batch', value: 1_000, description: 'Training and offline jobs' },
  { name: 'best-effort', value: 100, description: 'Work that may wait for days' },
];

/** Class of pods that name none. */
export const DEFAULT_PRIORITY = 'interactive';

/** The priority classes of a cluster. */
export class PriorityLadder extends Construct {
  readonly classes: readonly PriorityClassV1[];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.classes = PRIORITIES.map(({ name, value, description }) =>
      kubernetesObject(this, name, {
        apiVersion: 'scheduling.k8s.io/v1',
        kind: 'PriorityClass',
        metadata: { name, labels: { ...MANAGED_BY } },
        value,
        description,
        globalDefault: name === DEFAULT_PRIORITY,
        preemptionPolicy: 'Never',
      }),
    );
  }
}
