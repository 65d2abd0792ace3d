import type { KubernetesObject } from '../manifests/render';
import { type ExpandedGroup, expandGroups } from './expand-groups';
import { staticVolumes } from './static-volumes';

/** What no control plane makes: objects that stand in for storage and for the manager of groups. */
export interface StandIns {
  readonly volumes: readonly KubernetesObject[];
  readonly groups: readonly ExpandedGroup[];
  /** All of them, volumes first. */
  readonly objects: readonly KubernetesObject[];
}

/** @param objects everything of a phase */
export function standIns(objects: readonly KubernetesObject[]): StandIns {
  const volumes = staticVolumes(objects);
  const groups = expandGroups(objects);
  return { volumes, groups, objects: [...volumes, ...groups.flatMap((group) => group.objects)] };
}
