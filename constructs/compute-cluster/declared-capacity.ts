import { Construct } from 'constructs';
import { type ClusterInventory, clusterTotals } from '../../core/capacity';
import { DECLARED_CAPACITY, MANAGED_BY } from '../../core/names';
import { version } from '../../package.json';
import { kubernetesObject } from '../kubernetes-object';

/** Namespace that everybody may read in a cluster made by kubeadm. */
const NAMESPACE = 'kube-public';

export interface DeclaredCapacityProps {
  readonly inventory: ClusterInventory;
  readonly mindclusterVersion: string;
  readonly kubernetesVersion: string;
  /** @default - no phase is named */
  readonly phase?: string;
}

/**
 * What the cluster should be, kept in the cluster: what runs can be compared with it without this
 * package. Petaflops are dense FP16 peak, NPUs schedulable devices.
 */
export class DeclaredCapacity extends Construct {
  constructor(scope: Construct, id: string, props: DeclaredCapacityProps) {
    super(scope, id);
    const totals = clusterTotals(props.inventory);
    kubernetesObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: DECLARED_CAPACITY, namespace: NAMESPACE, labels: { ...MANAGED_BY } },
      data: {
        cluster: props.inventory.name,
        ...(props.phase ? { phase: props.phase } : {}),
        servers: `${totals.servers}`,
        npus: `${totals.npus}`,
        // What the nodes should offer; a part of it may be kept back.
        'in-service-npus': `${totals.npus - totals.outOfServiceNpus}`,
        'usable-npus': `${totals.usableNpus}`,
        petaflops: `${totals.peakPetaflops}`,
        'usable-petaflops': `${totals.usablePetaflops}`,
        'mindcluster-version': props.mindclusterVersion,
        'kubernetes-version': props.kubernetesVersion,
        'package-version': version,
      },
    });
  }
}
