import type { V1Volume } from '@kubernetes/client-node';
import type { DnsSubdomain } from '../../../core/schema/types';
import { READ_GIB_PER_SECOND } from '../../../core/serving/start-budget';
import { ModelWeights } from './model-weights';
import { NodeWeights } from './node-weights';
import type { ReadSpeed } from './read-speed';

/**
 * Read-only NFS export of the site: a directory a repository, `<path>/<owner>/<name>`, each with
 * `.complete` in it once everything is there.
 */
export interface WeightsExport extends ReadSpeed {
  readonly server: DnsSubdomain;
  /** @format absolute-path */
  readonly path: string;
}

/** Where a serving finds its weights. */
export type WeightsSource = WeightsExport | ModelWeights | NodeWeights;

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
