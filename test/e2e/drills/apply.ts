import assert from 'node:assert/strict';
import type { V1Pod } from '@kubernetes/client-node';
import { runChecks } from '../../../cli/checks/run-checks';
import { UserError } from '../../../cli/errors';
import { LiveCluster, type ObjectRef } from '../../../cli/live/cluster';
import { waitFor } from '../../../cli/live/wait-for';
import type { KubernetesObject } from '../../../cli/manifests/render';
import { PREFLIGHT } from '../../../cli/preflight/registry';
import { preflightSubject } from '../../../cli/preflight/subject';
import { applyObjects } from '../../../cli/rehearse/apply';
import { VERIFY } from '../../../cli/verify/registry';
import { verifySubject } from '../../../cli/verify/subject';
import { FIELD_MANAGER } from '../../../constructs';
import type { Drill, Running } from './drill';
import { phaseState, wholeState } from './state';

const NOT_SHOWN =
  "Terraform's own state: that a deployment with it can be interrupted and repeated is shown where a provider is at hand";

/** The models stack of the phase: what is deployed most often. */
const modelsOf = ({ phase }: Running) => phase.stacks.at(-1)?.objects ?? [];

async function removeModels(running: Running): Promise<void> {
  const { cluster } = running;
  const objects = modelsOf(running).map(({ object }) => object);
  await Promise.all(objects.map((object) => cluster.remove(object)));
  const whole = wholeState(running.phase);
  await waitFor(
    'models gone',
    120,
    async () => {
      const there = await Promise.all(objects.map((object) => cluster.get(object)));
      const { servings, ending } = await phaseState(cluster, running.phase);
      return { left: there.filter(Boolean).length, pods: servings + ending };
    },
    ({ left, pods }) => left === 0 && pods === 0,
  );
  assert(whole.servings > 0);
}

/** Objects that are there, by what they are called; the value is their uid. */
async function uids(cluster: LiveCluster, objects: readonly KubernetesObject[]) {
  const there = await Promise.all(
    objects.map((object) => cluster.get<{ metadata: { uid: string } }>(object)),
  );
  return there.map((live) => live?.metadata.uid);
}

async function found(running: Running): Promise<string[]> {
  const fresh = LiveCluster.open(running.plane.kubectl);
  const { findings } = await runChecks(VERIFY, verifySubject(running.phase, fresh));
  fresh.close();
  return [...new Set(findings.map(({ id }) => id))];
}

export const interrupted: Drill = {
  name: 'an apply interrupted half-way and repeated',
  short: true,
  cannotShow: NOT_SHOWN,
  prepare: async (running) => {
    const { cluster, phase } = running;
    await removeModels(running);
    const entries = modelsOf(running);
    const objects = entries.map(({ object }) => object);
    const half = Math.floor(objects.length / 2);
    let first: (string | undefined)[] = [];
    return {
      steps: [
        {
          what: 'half of the objects are there',
          expected: { there: half },
          act: async () => {
            // The client ends in the middle of its requests.
            const dying = LiveCluster.open(cluster.target);
            await applyObjects(dying, entries.slice(0, half));
            const rest = applyObjects(dying, entries.slice(half));
            dying.close();
            await assert.rejects(rest, UserError);
            first = await uids(cluster, objects);
          },
          observe: async () => {
            // What was on its way when the client ended may have arrived.
            const there = (await uids(cluster, objects.slice(0, half))).filter(Boolean);
            return { there: there.length };
          },
        },
        {
          what: 'repeated, the rest is there and the first half is still the same',
          expected: { ...wholeState(phase), same: true, found: [] },
          act: async () => assert.deepEqual(await applyObjects(cluster, entries), []),
          observe: async () => {
            const now = await uids(cluster, objects);
            return {
              ...(await phaseState(cluster, phase)),
              same: first.every((uid, index) => uid === undefined || uid === now[index]),
              found: await found(running),
            };
          },
        },
      ],
      undo: async () => {},
    };
  },
};

export const restarted: Drill = {
  name: 'the control plane restarted in the middle of an apply',
  short: false,
  cannotShow: `${NOT_SHOWN}; how an API server behind a load balancer changes over`,
  prepare: async (running) => {
    const { cluster, phase, plane } = running;
    await removeModels(running);
    const entries = modelsOf(running);
    const jobs = async (client: LiveCluster) => {
      const pods = await client.list<V1Pod>('v1', 'Pod', { labels: 'aicc.internal/rehearsal' });
      return pods.map(({ metadata }) => metadata?.uid).sort();
    };
    const before = await jobs(cluster);
    let outcome = '';
    return {
      steps: [
        {
          what: 'the apply ends with one line, and work that ran runs on',
          expected: { outcome: 'does not answer', sameWork: true },
          act: async () => {
            const restart = plane.restart();
            // Objects one after another until the API server is gone.
            const applying = (async () => {
              for (;;) await applyObjects(cluster, entries);
            })();
            const error: unknown = await applying.catch((reason) => reason);
            assert(error instanceof UserError);
            assert.equal(error.problems.length, 1);
            outcome = /does not answer/.exec(error.message)?.[0] ?? error.message;
            await restart;
          },
          observe: async () => ({
            outcome,
            sameWork: JSON.stringify(await jobs(cluster)) === JSON.stringify(before),
          }),
        },
        {
          what: 'applied again, everything is as declared',
          expected: { ...wholeState(phase), found: [] },
          act: async () => assert.deepEqual(await applyObjects(cluster, entries), []),
          observe: async () => ({
            ...(await phaseState(cluster, phase)),
            found: await found(running),
          }),
        },
      ],
      undo: async () => {},
    };
  },
};

const CRD: ObjectRef = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'podmonitors.monitoring.coreos.com' },
};

export const kindMissing: Drill = {
  name: 'a CRD missing',
  short: false,
  cannotShow: 'that Terraform cannot even plan such objects: it stops at once, where this goes on',
  prepare: async (running) => {
    const { cluster, phase } = running;
    const [stack] = phase.stacks;
    const entries = stack?.objects ?? [];
    const monitors = entries.filter(({ object }) => object.kind === 'PodMonitor');
    const definition = await cluster.get<KubernetesObject>(CRD);
    assert(definition && monitors.length > 0);
    let refused: string[] = [];
    const apply = async () => {
      const fresh = LiveCluster.open(cluster.target);
      refused = (await applyObjects(fresh, entries)).map(({ reason }) => reason);
      fresh.close();
    };
    const observe = async () => {
      const fresh = LiveCluster.open(cluster.target);
      const { findings } = await runChecks(PREFLIGHT, preflightSubject(phase, fresh));
      fresh.close();
      const kinds = findings.filter(({ id }) => id === 'AICC-PRE-002');
      return { refused, kinds: kinds.map(({ path }) => path), found: await found(running) };
    };
    return {
      steps: [
        {
          what: 'only its objects are refused; preflight and verify name them',
          expected: {
            refused: monitors.map(
              () => 'kind PodMonitor of monitoring.coreos.com/v1 is not served',
            ),
            kinds: ['kind PodMonitor of monitoring.coreos.com/v1'],
            found: ['AICC-VER-001'],
          },
          act: async () => {
            await cluster.remove(CRD);
            await waitFor(
              'kind gone',
              60,
              async () => {
                const fresh = LiveCluster.open(cluster.target);
                const served = await fresh.resource('monitoring.coreos.com/v1', 'PodMonitor');
                fresh.close();
                return served === undefined;
              },
              (gone) => gone,
            );
            await apply();
          },
          observe,
        },
        {
          what: 'installed and applied again, everything is there',
          expected: { refused: [], kinds: [], found: [] },
          act: async () => {
            await cluster.create({ ...CRD, spec: definition.spec });
            await waitFor(
              'objects taken',
              60,
              async () => {
                await apply();
                return refused;
              },
              (list) => list.length === 0,
            );
          },
          observe,
        },
      ],
      undo: async () => {},
    };
  },
};

export const changedByHand: Drill = {
  name: 'objects changed by hand and repaired',
  short: true,
  cannotShow:
    "Terraform's plan, which names the same fields; see the Terraform part where a provider is at hand",
  prepare: async (running) => {
    const { cluster, phase } = running;
    const [tenant] = phase.cluster.tenants;
    assert(tenant);
    const { namespace } = tenant;
    const changes: readonly (readonly [ref: ObjectRef, change: object])[] = [
      [
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { name: 'default-deny', namespace },
        },
        { spec: { policyTypes: ['Ingress'] } },
      ],
      [
        { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'defaults', namespace } },
        { spec: { limits: [] } },
      ],
      [
        { apiVersion: 'v1', kind: 'Node', metadata: { name: 'tj-1-npu-001' } },
        { metadata: { labels: { workerselector: 'somebody-else' } } },
      ],
    ];
    const entries = phase.objects.filter(({ object }) =>
      changes.some(
        ([{ kind, metadata }]) =>
          object.kind === kind &&
          object.metadata.name === metadata.name &&
          object.metadata.namespace === metadata.namespace,
      ),
    );
    assert.equal(entries.length, changes.length);
    const observe = async () => {
      const { findings } = await runChecks(VERIFY, verifySubject(phase, cluster));
      return {
        found: findings.map(({ id }) => id),
        about: findings.map(({ path }) => path.split(' ')[0]).sort(),
      };
    };
    return {
      steps: [
        {
          what: 'verify names each',
          expected: {
            found: changes.map(() => 'AICC-VER-002'),
            about: ['LimitRange', 'NetworkPolicy', 'Node'],
          },
          act: async () => {
            for (const [ref, change] of changes) await cluster.patch(ref, change);
          },
          observe,
        },
        {
          what: 'applied again by force, they are as declared',
          expected: { found: [], about: [] },
          act: async () => {
            for (const { object, patchBy } of entries) {
              await cluster.apply(object, patchBy ?? FIELD_MANAGER, true);
            }
          },
          observe,
        },
      ],
      undo: async () => {},
    };
  },
};
