import type { V1Container } from '@kubernetes/client-node';
import type { Construct } from 'constructs';
import { findModel, platformOf, type Weights, weightsOn } from '../../../core/catalogue';
import { MANAGED_BY } from '../../../core/names';
import type { UrlPrefix } from '../../../core/schema/types';
import { validateImage } from '../../../core/serving/image';
import { kubernetesObject } from '../../kubernetes-object';
import type { TenantNamespace } from '../../tenant-namespace';
import { validateTargets } from '../../tenant-namespace/network';
import { DOWNLOAD_SCRIPT } from './download-script';

/** A place of the site that has weights as files: `<urlPrefix>/<repository>/<file>`. */
export interface WeightsMirror {
  /** `https://mirror.example/models`, without a slash at its end. */
  readonly urlPrefix: UrlPrefix;
  /** Network of the mirror in CIDR notation: the namespace is closed otherwise. */
  readonly cidr: string;
  /**
   * File of each repository with checksums as `sha256sum` writes them. @default 'SHA256SUMS'
   * @pattern ^[A-Za-z0-9._-]+$
   * @errorMessage must be a file name; correct it
   */
  readonly manifest?: string;
}

/** What is fetched, from where, and by what. */
export interface WeightsDownload {
  /** Ids of models of the catalogue. @minItems 1 */
  readonly models: readonly string[];
  readonly mirror: WeightsMirror;
  /** Image with a POSIX shell, curl and sha256sum; the site's choice. */
  readonly image: string;
}

/** The weights that a model loads on the servers of a tenant. @returns undefined where it has none */
export function weightsOfModel(tenant: TenantNamespace, id: string): Weights | undefined {
  const pool = tenant.cluster.poolOf(tenant.resourceName);
  const platform = pool && platformOf(pool.server);
  const model = findModel(id);
  if (model?.access !== 'weights') return undefined;
  return platform ? weightsOn(model, platform) : model.weights;
}

/** Directory with the vocabulary of a model. @returns undefined where it is beside the weights */
function vocabularyOf(id: string): string | undefined {
  const model = findModel(id);
  return model?.access === 'weights' ? model.vocabulary?.repository : undefined;
}

/** Those of several models. */
export function downloadedWeights(tenant: TenantNamespace, models: readonly string[]): Weights[] {
  return models.flatMap((id) => weightsOfModel(tenant, id) ?? []);
}

export function validateDownload(
  tenant: TenantNamespace,
  { models, mirror, image }: WeightsDownload,
): string[] {
  const unknown = models.filter((id) => findModel(id)?.access !== 'weights');
  const url = URL.canParse(mirror.urlPrefix) ? new URL(mirror.urlPrefix) : undefined;
  return [
    ...unknown.map(
      (id) => `models must be of the catalogue and have weights; change it, got: '${id}'`,
    ),
    ...(url ? validateTargets([mirrorTarget(mirror, url)]) : []),
    ...validateImage(tenant, image),
  ];
}

function mirrorTarget({ cidr }: WeightsMirror, { port, protocol }: URL) {
  return { name: 'mirror', cidr, ports: [Number(port) || (protocol === 'https:' ? 443 : 80)] };
}

/** Container that fetches weights into the volume `weights` and ends. */
export function downloadContainer(
  tenant: TenantNamespace,
  { models, mirror, image }: WeightsDownload,
): V1Container {
  const resources = { cpu: '2', memory: '2Gi', 'ephemeral-storage': '1Gi' };
  const repositories = [
    ...downloadedWeights(tenant, models).map(({ repository }) => repository),
    // A few MiB, inside the room of a claim.
    ...models.flatMap((id) => vocabularyOf(id) ?? []),
  ];
  const target = '/weights';
  return {
    name: 'download',
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['/bin/sh', '-c', DOWNLOAD_SCRIPT],
    env: [
      { name: 'URL_PREFIX', value: mirror.urlPrefix },
      { name: 'REPOSITORIES', value: [...new Set(repositories)].join(' ') },
      { name: 'MANIFEST', value: mirror.manifest ?? 'SHA256SUMS' },
      { name: 'TARGET', value: target },
    ],
    resources: { requests: resources, limits: { ...resources } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      // The pod says so, too, but the provider writes false into every container that does not.
      runAsNonRoot: true,
    },
    volumeMounts: [{ name: 'weights', mountPath: target }],
  };
}

/** Lets the pods of a download out to the mirror. */
export function allowMirror(
  scope: Construct,
  id: string,
  props: {
    readonly name: string;
    readonly namespace: string;
    readonly podLabels: Record<string, string>;
    readonly mirror: WeightsMirror;
  },
): void {
  const { name, namespace, podLabels, mirror } = props;
  const { cidr, ports } = mirrorTarget(mirror, new URL(mirror.urlPrefix));
  kubernetesObject(scope, id, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels: { ...MANAGED_BY } },
    spec: {
      podSelector: { matchLabels: podLabels },
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ ipBlock: { cidr } }],
          ports: ports.map((port) => ({ port, protocol: 'TCP' })),
        },
      ],
    },
  });
}
