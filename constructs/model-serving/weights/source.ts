import type { V1Volume } from '@kubernetes/client-node';
import { READ_GIB_PER_SECOND } from '../../../core/serving/start-budget';
import { validateDnsSubdomain } from '../../../core/validate';
import { ModelWeights } from './model-weights';
import { NodeWeights } from './node-weights';
import type { ReadSpeed } from './read-speed';

/**
 * Read-only NFS export of the site: a directory a repository, `<path>/<owner>/<name>`, each with
 * `.complete` in it once everything is there.
 */
export interface WeightsExport extends ReadSpeed {
  readonly server: string;
  readonly path: string;
}

/** Where a serving finds its weights. */
export type WeightsSource = WeightsExport | ModelWeights | NodeWeights;

export function validateExport({ server, path }: WeightsExport): string[] {
  return [
    ...validateDnsSubdomain('weights.server', server),
    ...(/^\/\S*$/.test(path) && !path.split('/').includes('..')
      ? []
      : [`weights.path must be an absolute path without blanks; correct it, got: '${path}'`]),
  ];
}

/** The volume with the weights, called `weights`. */
export function weightsVolume(source: WeightsSource): V1Volume {
  const name = 'weights';
  if (source instanceof ModelWeights) {
    return { name, persistentVolumeClaim: { claimName: source.claimName, readOnly: true } };
  }
  if (source instanceof NodeWeights) return { name, hostPath: source.hostPath };
  return { name, nfs: { server: source.server, path: source.path, readOnly: true } };
}

export function readGibPerSecond(source: ReadSpeed): number {
  return source.readGibPerSecond ?? READ_GIB_PER_SECOND.value;
}
