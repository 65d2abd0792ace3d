import type { V1HostPathVolumeSource } from '@kubernetes/client-node';
import { Construct } from 'constructs';
import { npuToleration } from '../../../core/accelerator';
import { MANAGED_BY } from '../../../core/names';
import type { DnsLabel } from '../../../core/schema/types';
import { checkProps, refuseWrong } from '../../check-props';
import { kubernetesObject } from '../../kubernetes-object';
import type { TenantNamespace } from '../../tenant-namespace';
import { validateHostAccess } from '../host-access';
import { allowMirror, downloadContainer, validateDownload, type WeightsDownload } from './download';
import type { ReadSpeed } from './read-speed';

export interface NodeWeightsProps extends ReadSpeed {
  /** A namespace whose pods may use folders of the host: the cluster names it in `hostAccessNamespaces`. */
  readonly tenant: TenantNamespace;
  readonly name: DnsLabel;
  /**
   * Folder of the servers; made where it is missing. @default '/var/lib/aicc/models'
   * @format plain-path
   */
  readonly path?: string;
  readonly download: WeightsDownload;
}

/** Waits for the end of the pod without using anything. */
const REST = "trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done";

/**
 * Weights on the disk of each server of the tenant's pool, fetched from a mirror of the site: models start
 * without a network between them and their weights. A server that joins later fetches them, too.
 *
 * @throws ValidationError in a namespace without access to hosts, and for wrong props
 */
export class NodeWeights extends Construct implements ReadSpeed {
  readonly namespace: string;
  readonly models: readonly string[];
  readonly readGibPerSecond?: number;
  readonly hostPath: V1HostPathVolumeSource;

  constructor(scope: Construct, id: string, props: NodeWeightsProps) {
    super(scope, id);
    const wrong = checkProps(this, 'NodeWeightsProps', props);
    const { tenant, name, download } = props;
    this.namespace = tenant.namespace;
    this.models = download.models;
    this.readGibPerSecond = props.readGibPerSecond;
    const folder = props.path ?? '/var/lib/aicc/models';
    this.hostPath = { path: folder, type: 'DirectoryOrCreate' };
    const pool = tenant.cluster.poolOf(tenant.resourceName);
    const path = this.node.path;
    refuseWrong(this, wrong, [
      ...validateHostAccess(tenant, 'weights on the disks of servers'),
      ...validateDownload(tenant, download),
    ]);
    if (!pool) throw new Error(`${path}: checked by the tenant`);
    const podLabels = {
      'app.kubernetes.io/name': 'weights-cache',
      'app.kubernetes.io/instance': name,
    };
    const metadata = { name, namespace: this.namespace, labels: { ...podLabels, ...MANAGED_BY } };
    const fetch = downloadContainer(tenant, download);
    const resources = { cpu: '10m', memory: '16Mi', 'ephemeral-storage': '1Gi' };
    const object = {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata,
      spec: {
        selector: { matchLabels: podLabels },
        template: {
          metadata: { labels: podLabels },
          spec: {
            nodeSelector: tenant.cluster.nodeSelector(pool),
            tolerations: [npuToleration(pool.resourceName)],
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            // Root: the kubelet makes the folder as root.
            securityContext: { runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } },
            initContainers: [fetch],
            containers: [
              {
                name: 'rest',
                image: download.image,
                imagePullPolicy: 'IfNotPresent',
                command: ['/bin/sh', '-c', REST],
                resources: { requests: resources, limits: { ...resources } },
                securityContext: fetch.securityContext,
              },
            ],
            volumes: [{ name: 'weights', hostPath: this.hostPath }],
          },
        },
      },
    } as const;
    kubernetesObject(this, 'Resource', object, { waitForRollout: false });
    const { namespace } = this;
    allowMirror(this, 'mirror', { name, namespace, podLabels, mirror: download.mirror });
  }
}
