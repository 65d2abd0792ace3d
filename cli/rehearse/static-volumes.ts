import type { V1PersistentVolumeClaimSpec } from '@kubernetes/client-node';
import type { KubernetesObject } from '../manifests/render';

/**
 * A volume for each claim, bound to it and to nothing else: a rehearsal has no storage that would make
 * them. Nothing is ever written to the folder.
 */
export function staticVolumes(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects
    .filter(({ kind }) => kind === 'PersistentVolumeClaim')
    .map(({ metadata, spec }) => {
      const claim = spec as V1PersistentVolumeClaimSpec;
      const { name, namespace } = metadata;
      return {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name: `${namespace}-${name}` },
        spec: {
          capacity: claim.resources?.requests,
          accessModes: claim.accessModes,
          storageClassName: claim.storageClassName,
          persistentVolumeReclaimPolicy: 'Delete',
          claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace },
          hostPath: { path: '/nowhere' },
        },
      };
    });
}
