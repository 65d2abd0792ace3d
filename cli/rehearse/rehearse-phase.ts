import { sum } from '../../core/capacity';
import type { DeclaredPhase } from '../declared/phase';
import type { LiveCluster } from '../live/cluster';
import { LivePods } from '../live/pods';
import type { KubernetesObject } from '../manifests/render';
import { applyObjects, createObjects, type Refusal, waitForQuotas } from './apply';
import { compare } from './compare';
import {
  installPrerequisites,
  missingPrerequisites,
  sayWithoutSchema,
} from './control-plane/prerequisites';
import { expandGroups } from './expand-groups';
import { guaranteeJobs } from './guarantees';
import { byClass, CLASSES, countPods, type LiveNode, wantedPods } from './observe';
import type { PhaseRehearsal, PodClass, PodCounts, StackResult, Step } from './report';
import { createNodes, simulatedNodes } from './simulated-nodes';
import { staticVolumes } from './static-volumes';

export interface RehearsalOptions {
  /** Folder with CRDs of upstream releases. @default - kinds without a schema */
  readonly crds?: string;
  /** Seconds without a change of any pod after which those that do not run are given up. */
  readonly patience: number;
  /** A line for each step that is done. */
  readonly say: (line: string) => void;
  /** What is under way: each line takes the place of the one before. */
  readonly now: (line: string) => void;
  /** Told of what is about to be made, in its order, so that it can be taken away again. */
  readonly making: (objects: readonly KubernetesObject[]) => void;
}

/**
 * Brings a phase up on an empty cluster: nodes, objects in their order, the tenants' guarantees as
 * load; and compares what runs with what the inventory promises.
 */
export async function rehearsePhase(
  cluster: LiveCluster,
  phase: DeclaredPhase,
  { crds, patience, say, now, making }: RehearsalOptions,
): Promise<PhaseRehearsal> {
  const steps: Step[] = [];
  const step = async <T>(name: string, what: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    now(`${phase.id}: ${name} …`);
    const result = await work();
    const seconds = Math.round((performance.now() - start) / 10) / 100;
    steps.push({ name, what, seconds });
    say(`${phase.id}: ${what} (${seconds.toFixed(1)} s)`);
    return result;
  };

  const { gitVersion } = await cluster.call<{ gitVersion: string }>('GET', '/version');
  const missing = await missingPrerequisites(cluster, phase, crds);
  const without = sayWithoutSchema(missing);
  if (without) say(`${phase.id}: ${without}`);
  making(missing.objects);
  await step('site', 'custom kinds and namespaces of the site there', () =>
    installPrerequisites(cluster, missing),
  );
  const joining = simulatedNodes(phase);
  making(joining);
  await step('nodes', `${joining.length} nodes joined`, () => createNodes(cluster, joining));

  const refusedLoad: Refusal[] = [];
  const create = async (objects: readonly KubernetesObject[]) =>
    refusedLoad.push(...(await createObjects(cluster, objects)));

  const declared = phase.objects.map(({ object }) => object);
  const volumes = staticVolumes(declared);
  if (volumes.length > 0) {
    making(volumes);
    // Before the claims, so that no pod has to wait and be tried again.
    await step('volumes', `${volumes.length} volumes for claims made`, () => create(volumes));
  }

  const stacks: StackResult[] = [];
  for (const { name, objects } of phase.stacks) {
    making(objects.filter(({ patchBy }) => patchBy === undefined).map(({ object }) => object));
    const refused = await step(name, `${name}: ${objects.length} objects sent`, async () => {
      const result = await applyObjects(cluster, objects);
      await waitForQuotas(cluster, objects);
      return result;
    });
    stacks.push({ stack: name, applied: objects.length - refused.length, refused });
  }

  const groups = expandGroups(declared);
  if (groups.length > 0) {
    const pods = groups.flatMap((group) => group.objects);
    making(pods);
    await step('groups', `the pods of ${groups.length} groups made`, () => create(pods));
  }

  const guarantees = guaranteeJobs(phase);
  const jobs = guarantees.flatMap((tenant) => tenant.jobs);
  await step('jobs', `${jobs.length} jobs for the rest of the guarantees sent`, () => create(jobs));

  const pods = await LivePods.watch(cluster);
  try {
    const nodes = await cluster.list<LiveNode>('v1', 'Node');
    const wanted = wantedPods(phase, nodes, jobs.length);
    const counts = (): Record<PodClass, PodCounts> => {
      const classes = byClass(phase, pods.list());
      const of = (name: PodClass) => countPods(wanted[name], classes[name]);
      return Object.fromEntries(CLASSES.map((name) => [name, of(name)])) as Record<
        PodClass,
        PodCounts
      >;
    };
    const total = sum(Object.values(wanted));
    await step('pods', `${total} pods placed and running`, () =>
      pods.settled(() => {
        const all = Object.values(counts());
        now(`${phase.id}: ${sum(all.map((c) => c.running))} of ${total} pods run`);
        return all.every((c) => c.running === c.wanted);
      }, patience),
    );
    const found = await step('comparison', 'compared with the inventory', () =>
      compare(cluster, phase, {
        stacks,
        refused: refusedLoad,
        groups,
        guarantees,
        counts: counts(),
        pods: pods.list(),
      }),
    );
    return { kubernetes: gitVersion, ...found, steps };
  } finally {
    await pods.stop();
  }
}
