import assert from 'node:assert/strict';
import type { DeclaredPhase } from '../../cli/declared/phase';
import type { ExpandedGroup } from '../../cli/rehearse/expand-groups';
import { expandGroups } from '../../cli/rehearse/expand-groups';
import { staticVolumes } from '../../cli/rehearse/static-volumes';
import { sum } from '../../constructs';
import type { Kubectl } from '../helpers/kubectl';
import { type Pod, waitForPods } from './pods';

type Log = (line: string) => void;

/** What stands in for controllers that are not there, to be taken away again. */
export interface Stand {
  /** Pods of all servings, ready. */
  readonly pods: readonly Pod[];
  /** Deletes the groups, so that their namespace can go. */
  stopGroups(): Promise<void>;
  /** Deletes the volumes, once their claims are gone. */
  removeVolumes(): Promise<void>;
}

/**
 * Makes volumes for the claims of a phase and the pods of its groups, and waits until all pods of servings are
 * ready: storage and the manager of LeaderWorkerSet are no part of a control plane.
 */
export async function standIn(
  kubectl: Kubectl,
  { objects, cluster: { servings, tenants } }: DeclaredPhase,
  log: Log,
): Promise<Stand> {
  const all = objects.map(({ object }) => object);
  const made = { volumes: staticVolumes(all), groups: expandGroups(all) };
  const volumes = list(made.volumes);
  const groups = list(made.groups.flatMap((group) => group.objects));
  if (made.volumes.length > 0) await kubectl.must(['create', '-f', '-'], volumes);
  if (made.groups.length > 0) await kubectl.must(['create', '-f', '-'], groups);
  const wanted = sum(servings.map((serving) => serving.replicas * serving.podsPerReplica));
  const namespaces = tenants.map((tenant) => tenant.namespace);
  const pods = await waitForPods(kubectl, namespaces, wanted);
  checkGroups(made.groups, pods, log);
  const remove = ['delete', '--ignore-not-found', '-f', '-'];
  return {
    pods,
    stopGroups: async () => {
      if (made.groups.length > 0) await kubectl.must([...remove, '--grace-period=0'], groups);
    },
    removeVolumes: async () => {
      if (made.volumes.length > 0) await kubectl.must(remove, volumes);
    },
  };
}

function list(items: readonly unknown[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

/** Each group is there as a whole, each pod of it on a server of its own. */
function checkGroups(groups: readonly ExpandedGroup[], pods: readonly Pod[], log: Log): void {
  for (const { name, objects } of groups) {
    const names = objects.filter(({ kind }) => kind === 'Pod').map(({ metadata }) => metadata.name);
    const placed = pods.filter(({ metadata }) => names.includes(metadata.name));
    const servers = new Set(placed.map(({ spec }) => spec.nodeName));
    assert.equal(placed.length, names.length, `${name} is not whole`);
    assert.equal(servers.size, names.length, `pods of ${name} share a server`);
    log(`group ${name}: ${names.length} pods on ${[...servers].sort().join(' and ')}`);
  }
  if (groups.length > 0) {
    log(
      'LeaderWorkerSets accepted; their pods were made by this test in place of their manager, and placed one by one',
    );
  }
}
