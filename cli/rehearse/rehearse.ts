import type { DeclaredPhase } from '../declared/phase';
import { LiveCluster, type Target } from '../live/cluster';
import type { KubernetesObject } from '../manifests/render';
import { atEnd, wasInterrupted } from '../process/clean-up';
import { buildControlPlane } from './control-plane/build';
import { startControlPlane } from './control-plane/start';
import { refuseIfTaken, refuseRealNodes, takeAway } from './given-cluster';
import { type RehearsalOptions, rehearsePhase } from './rehearse-phase';
import { NOT_SHOWN, type PhaseRehearsal, type Rehearsal } from './report';

type Options = Omit<RehearsalOptions, 'making'>;

/**
 * Rehearses phases one after another, each on a cluster of its own, as in reality; or on one that is
 * given, which is left as it was found.
 */
export async function rehearse(
  phases: readonly DeclaredPhase[],
  given: Target | undefined,
  options: Options,
): Promise<Rehearsal> {
  const found: PhaseRehearsal[] = [];
  if (given) {
    const cluster = LiveCluster.open(given);
    await refuseRealNodes(cluster);
    for (const phase of phases) await refuseIfTaken(cluster, phase);
    for (const phase of phases) found.push(await onGivenCluster(given, phase, options));
  } else {
    const programs = await buildControlPlane(options.say);
    for (const phase of phases) found.push(await onOwnCluster(programs, phase, options));
  }
  return {
    result: found.every(({ result }) => result === 'passed') ? 'passed' : 'failed',
    phases: found,
    notShown: NOT_SHOWN,
  };
}

async function onOwnCluster(
  programs: string,
  phase: DeclaredPhase,
  options: Options,
): Promise<PhaseRehearsal> {
  const start = performance.now();
  const { target, stop } = await startControlPlane(programs, phase.id);
  const seconds = Math.round((performance.now() - start) / 10) / 100;
  const what = `control plane of ${phase.cluster.name} started`;
  options.say(`${phase.id}: ${what} (${seconds.toFixed(1)} s)`);
  const cluster = LiveCluster.open(target);
  const found = await rehearsePhase(cluster, phase, { ...options, making: () => {} });
  cluster.close();
  await stop();
  return { ...found, steps: [{ name: 'control plane', what, seconds }, ...found.steps] };
}

async function onGivenCluster(
  target: Target,
  phase: DeclaredPhase,
  options: Options,
): Promise<PhaseRehearsal> {
  const cluster = LiveCluster.open(target);
  const made: KubernetesObject[] = [];
  const leave = atEnd(async () => {
    cluster.close();
    await takeAway(LiveCluster.open(target), made);
    options.say(`${phase.id}: objects and nodes taken away from context ${target.context}`);
  });
  const found = await rehearsePhase(cluster, phase, {
    ...options,
    making: (objects) => made.push(...objects),
  });
  // After a signal this is done already, or under way.
  if (!wasInterrupted()) await leave();
  return found;
}
