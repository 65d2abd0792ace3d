import { PersistentVolumeClaimV1 } from '@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1';
import { Construct } from 'constructs';
import { throwIfAny } from '../errors';
import { MANAGED_BY } from '../names';
import type { TenantNamespace } from '../tenant-namespace';
import { validateCount, validateDnsSubdomain } from '../validate';

/** Read-only NFS export with the weights, one folder a model: `<path>/<owner>/<model>`. */
export interface WeightsExport {
  readonly server: string;
  readonly path: string;
}

export interface ModelWeightsProps {
  /** Namespace of the claim; its cluster must name a `weightsStorageClass`. */
  readonly tenant: TenantNamespace;
  /** Name of the claim, a DNS subdomain. */
  readonly claimName: string;
  /** Whole number of GiB. */
  readonly sizeGib: number;
}

/**
 * A claim on storage for model weights that all servers can mount. It holds a folder a model,
 * `<owner>/<model>`, as an export does; the site fills it.
 *
 * @throws ValidationError where the cluster names no StorageClass for weights, and for wrong props
 */
export class ModelWeights extends Construct {
  readonly namespace: string;
  readonly claimName: string;

  constructor(scope: Construct, id: string, props: ModelWeightsProps) {
    super(scope, id);
    const { tenant, claimName, sizeGib } = props;
    const { weightsStorageClass: storageClassName, clusterName } = tenant.cluster;
    this.namespace = tenant.namespace;
    this.claimName = claimName;
    const path = this.node.path;
    throwIfAny(
      [
        ...validateDnsSubdomain('claimName', claimName),
        ...validateCount('sizeGib', sizeGib, 1),
        ...(storageClassName === undefined
          ? [
              `weights are claimed on cluster ${clusterName}, which names no StorageClass for them; set weightsStorageClass of the cluster, got: none`,
            ]
          : []),
      ].map((message) => ({ path, message })),
    );
    new PersistentVolumeClaimV1(this, 'Resource', {
      metadata: { name: claimName, namespace: this.namespace, labels: { ...MANAGED_BY } },
      // The class may bind it with its first pod, which Terraform has not made yet.
      waitUntilBound: false,
      spec: {
        accessModes: ['ReadWriteMany'],
        storageClassName,
        resources: { requests: { storage: `${sizeGib}Gi` } },
      },
    });
  }
}
