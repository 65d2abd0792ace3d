import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPhases } from '../../../cli/declared/phase';
import { LiveCluster, type Target } from '../../../cli/live/cluster';
import { waitFor } from '../../../cli/live/wait-for';
import type { Rehearsal } from '../../../cli/rehearse/report';
import { rehearsalText } from '../../../cli/rehearse/text';
import { sum } from '../../../constructs';
import { synthesizeCentre } from '../../../stacks/build';
import { tianjin } from '../../../stacks/tianjin';
import { startTestPlane } from '../../helpers/control-plane';
import { CRDS, type Log, type StageContext } from '../stage';
import { givenCluster } from '../target';
import { aiccRehearse } from './run-aicc';

const PHASE = 'phase-100p';

/** In the middle of a rehearsal: half of the stacks are applied. */
const MIDDLE = /phase-100p-tenants: \d+ objects sent/;

/** `aicc rehearse` as it is run by people and by CI: what it says, how it ends and what it leaves behind. */
export async function rehearsal({ folder, programs, log, all }: StageContext): Promise<void> {
  if (givenCluster(process.env)) {
    log('rehearsal left out: it starts control planes of its own, and the cluster is given');
    return;
  }
  const built = await programs();
  const output = join(folder, 'rehearsed');
  synthesizeCentre(tianjin, { kubeconfig: 'none', contexts: {} }, output);
  const run = { folder, output, log };
  await passes(run, all ? [] : [PHASE]);
  await interrupted(run);
  await serverGoesAway(run);
  const plane = await startTestPlane(built, 'given');
  await onGivenCluster(run, plane.kubectl, all);
  await plane.stop();
}

interface Run {
  readonly folder: string;
  readonly output: string;
  readonly log: Log;
}

async function passes({ folder, output, log }: Run, phases: readonly string[]): Promise<void> {
  const args = ['--output', output, '--crds', CRDS, '--json', ...phases];
  const { code, stdout, stderr, left } = await aiccRehearse(folder, args);
  assert.equal(code, 0, stderr + stdout);
  const report = JSON.parse(stdout) as Rehearsal;
  assert.equal(report.result, 'passed');
  for (const { cluster, id } of readPhases(output, phases)) {
    const found = report.phases.find(({ phase }) => phase === id);
    assert(found, id);
    const promised = sum(cluster.tenants.map(({ guarantee }) => guarantee));
    assert(found.npus.inUse >= promised, `${id}: ${found.npus.inUse} of ${promised} NPUs in use`);
    const large = cluster.servings.filter(({ podsPerReplica }) => podsPerReplica > 1);
    const groups = sum(large.map(({ replicas }) => replicas));
    assert.deepEqual(found.groups, { wanted: groups, whole: groups });
  }
  assert.deepEqual(left, []);
  for (const line of rehearsalText(report).split('\n')) log(line);
}

async function interrupted({ folder, output, log }: Run): Promise<void> {
  const { code, stdout, left } = await aiccRehearse(folder, ['--output', output, PHASE], {
    at: MIDDLE,
    happens: (pressCtrlC) => pressCtrlC(),
  });
  assert.deepEqual({ code, stdout, left }, { code: 130, stdout: '', left: [] });
  log('rehearsal interrupted by Ctrl-C: no process and no file is left');
}

async function serverGoesAway({ folder, output, log }: Run): Promise<void> {
  const { code, stdout, stderr, left } = await aiccRehearse(folder, ['--output', output, PHASE], {
    at: MIDDLE,
    happens: (_, temporary) => {
      const [plane = ''] = readdirSync(temporary);
      const pid = join(temporary, plane, 'clusters', PHASE, 'pids/kube-apiserver.pid');
      process.kill(Number(readFileSync(pid, 'utf8')), 'SIGKILL');
    },
  });
  assert.deepEqual({ code, stdout, left }, { code: 1, stdout: '', left: [] });
  const errors = stderr.split('\n').filter((line) => !/^$|^phase-100p: /.test(line));
  assert.equal(errors.length, 1, stderr);
  assert.match(errors[0] ?? '', /^error: .*context 'kwok-phase-100p'.*, got: /);
  log(`rehearsal without its API server: ${errors[0]}`);
}

/** On a cluster of somebody, which is left as it was found. */
async function onGivenCluster(
  { folder, output, log }: Run,
  target: Target,
  all: boolean,
): Promise<void> {
  const cluster = LiveCluster.open(target);
  const { kubeconfig, context } = target;
  const args = ['--output', output, '--kubeconfig', kubeconfig, '--context', context, PHASE];
  const before = await contents(cluster);

  const real = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'somebodys-server' } };
  await cluster.create(real);
  const refused = await aiccRehearse(folder, args);
  await cluster.remove(real);
  assert.match(
    refused.stderr,
    /^error: context 'kwok-given' has real nodes; .*, got: somebodys-server\n$/,
  );
  assert.deepEqual({ ...refused, stderr: '' }, { code: 1, stdout: '', stderr: '', left: [] });
  assert.deepEqual(await contents(cluster), before);
  log('rehearsal refused on a cluster with a real node');

  if (all) {
    const stopped = await aiccRehearse(folder, args, {
      at: MIDDLE,
      happens: (pressCtrlC) => pressCtrlC(),
    });
    assert.equal(stopped.code, 130, stopped.stderr);
    await asBefore(cluster, before);
    log('rehearsal on a given cluster interrupted by Ctrl-C: everything of it is taken away');

    const problem = await brokenPromise(folder, output, args);
    await asBefore(cluster, before);
    log(`rehearsal of a broken promise: ${problem}`);
  }
  cluster.close();
}

/** A quota that is less than what the tenant is promised: exit code 1, and the reason of the API server. */
async function brokenPromise(
  folder: string,
  output: string,
  args: readonly string[],
): Promise<string> {
  const file = join(output, `stacks/${PHASE}-tenants/cdk.tf.json`);
  const right = readFileSync(file, 'utf8');
  const wrong = right.replace(/("requests\.huawei\.com\/Ascend910": )"\d+"/, '$1"2"');
  assert.notEqual(wrong, right);
  writeFileSync(file, wrong);
  const { code, stdout, stderr } = await aiccRehearse(folder, [
    ...args,
    '--json',
    '--patience',
    '5',
  ]);
  writeFileSync(file, right);
  assert.equal(code, 1, stderr);
  const { result, phases } = JSON.parse(stdout) as Rehearsal;
  assert.equal(result, 'failed');
  const problem = phases[0]?.problems.find((line) => /exceeded quota: tenant/.test(line));
  assert(problem, stdout);
  return problem;
}

const KINDS = ['Node', 'Namespace', 'PersistentVolume', 'ClusterRole', 'PriorityClass'] as const;
const API: Readonly<Record<string, string>> = {
  ClusterRole: 'rbac.authorization.k8s.io/v1',
  PriorityClass: 'scheduling.k8s.io/v1',
};

async function contents(cluster: LiveCluster): Promise<string[]> {
  const lists = await Promise.all(
    [...KINDS].map(async (kind) =>
      (await cluster.list(API[kind] ?? 'v1', kind)).map(
        ({ metadata }) => `${kind} ${metadata.name}`,
      ),
    ),
  );
  return lists.flat().sort();
}

/** Controllers end namespaces a moment later. */
async function asBefore(cluster: LiveCluster, before: readonly string[]): Promise<void> {
  await waitFor(
    'the cluster as it was found',
    60,
    () => contents(cluster),
    (now) => now.join() === before.join(),
  );
}
