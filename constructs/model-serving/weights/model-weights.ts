import type { PersistentVolumeClaimV1 } from '@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1';
import { type TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { formatNumber, sum } from '../../../core/capacity';
import { MANAGED_BY } from '../../../core/names';
import type { DnsLabel, PositiveCount } from '../../../core/schema/types';
import { mistakes } from '../../../core/validate';
import { checkProps, refuseWrong } from '../../check-props';
import { dependOn } from '../../depend-on';
import { kubernetesObject } from '../../kubernetes-object';
import type { TenantNamespace } from '../../tenant-namespace';
import {
  allowMirror,
  downloadContainer,
  downloadedWeights,
  validateDownload,
  type WeightsDownload,
} from './download';
import type { ReadSpeed } from './read-speed';

export interface ModelWeightsProps extends ReadSpeed {
  /** Namespace of the claim; its cluster must name a `weightsStorageClass`. */
  readonly tenant: TenantNamespace;
  /** Name of the claim, a DNS label; the download is called `<claimName>-download`. */
  readonly claimName: DnsLabel;
  /** Whole number of GiB. It may grow, where the StorageClass expands volumes, and not shrink. */
  readonly sizeGib: PositiveCount;
  /**
   * What fills the claim. @default - the site does: a directory a repository, `<owner>/<name>`, with
   * `.complete` in it once everything is there
   */
  readonly download?: WeightsDownload;
  /**
   * Whether Terraform refuses to delete the claim, and so to make it anew where it would be smaller or of another
   * StorageClass: what is on it goes with it. That of a retired tenant may go in any case.
   * @default true
   */
  readonly protect?: boolean;
}

/** Restarts of a download: each continues where the last one ended. */
const DOWNLOAD_RESTARTS = 100;

/** User of a download; owner of the files (HwHiAiUser, which hosts have as 1000). */
const USER = 1000;

/**
 * A claim on storage for model weights that all servers can mount, and the Job that fills it from a
 * mirror of the site. Servings wait for what they need of it.
 *
 * @throws ValidationError where the cluster names no StorageClass for weights, and for wrong props
 */
export class ModelWeights extends Construct implements ReadSpeed {
  readonly namespace: string;
  readonly claimName: string;
  /** Ids of the models that are fetched. @default - the site fills the claim */
  readonly models?: readonly string[];
  readonly readGibPerSecond?: number;
  private readonly claim: PersistentVolumeClaimV1;

  constructor(scope: Construct, id: string, props: ModelWeightsProps) {
    super(scope, id);
    const wrong = checkProps(this, 'ModelWeightsProps', props);
    const { tenant, claimName, sizeGib, download } = props;
    const { weightsStorageClass: storageClassName, clusterName } = tenant.cluster;
    this.namespace = tenant.namespace;
    this.claimName = claimName;
    this.models = download?.models;
    this.readGibPerSecond = props.readGibPerSecond;
    refuseWrong(
      this,
      wrong,
      mistakes(
        storageClassName === undefined &&
          `weights are claimed on cluster ${clusterName}, which names no StorageClass for them; set weightsStorageClass of the cluster, got: none`,
        download ? validateDownload(tenant, download) : [],
        download ? validateRoom(tenant, download.models, sizeGib) : [],
      ),
    );
    const protect = (props.protect ?? true) && tenant.state !== 'retired';
    const object = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: claimName, namespace: this.namespace, labels: { ...MANAGED_BY } },
      spec: {
        accessModes: ['ReadWriteMany'],
        storageClassName,
        resources: { requests: { storage: `${sizeGib}Gi` } },
      },
    } as const;
    // The class may bind it with its first pod, which Terraform has not made yet.
    this.claim = kubernetesObject(this, 'Resource', object, {
      waitUntilBound: false,
      ...(protect ? { lifecycle: { preventDestroy: true } } : {}),
    });
    if (download) this.addDownload(tenant, download);
  }

  /**
   * Lets Terraform delete what mounts the claim before the claim: Kubernetes keeps one that pods use,
   * and Terraform would wait for it in all of its workers. In another stack, stacks are in order.
   */
  outlive(workload: TerraformResource): void {
    if (TerraformStack.of(workload) === TerraformStack.of(this)) dependOn(workload, [this.claim]);
  }

  private addDownload(tenant: TenantNamespace, download: WeightsDownload): void {
    const name = `${this.claimName}-download`;
    const podLabels = {
      'app.kubernetes.io/name': 'weights-download',
      'app.kubernetes.io/instance': this.claimName,
    };
    const object = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, namespace: this.namespace, labels: { ...podLabels, ...MANAGED_BY } },
      spec: {
        backoffLimit: DOWNLOAD_RESTARTS,
        template: {
          metadata: { labels: podLabels },
          spec: {
            restartPolicy: 'OnFailure',
            // On servers without NPUs: the others are for pods that ask for some (AICC-POL-012).
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: USER,
              runAsGroup: USER,
              fsGroup: USER,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [downloadContainer(tenant, download)],
            volumes: [{ name: 'weights', persistentVolumeClaim: { claimName: this.claimName } }],
          },
        },
      },
    } as const;
    // It takes hours; and what is done stays, or Terraform would make it again.
    this.outlive(kubernetesObject(this, 'download', object, { waitForCompletion: false }));
    const { namespace } = this;
    allowMirror(this, 'mirror', { name, namespace, podLabels, mirror: download.mirror });
  }
}

function validateRoom(
  tenant: TenantNamespace,
  models: readonly string[],
  sizeGib: number,
): string[] {
  const sizes = downloadedWeights(tenant, models).map((weights) => weights.sizeGib.value);
  const wanted = sum(sizes);
  return mistakes(
    !(wanted <= sizeGib) &&
      `weights need ${sizes.map(formatNumber).join(' + ')} = ${formatNumber(wanted)} GiB; raise sizeGib or claim them apart, got: ${sizeGib}`,
  );
}
