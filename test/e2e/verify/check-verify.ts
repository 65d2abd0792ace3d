import assert from 'node:assert/strict';
import { runChecks } from '../../../cli/checks/run-checks';
import type { DeclaredPhase } from '../../../cli/declared/phase';
import { LiveCluster } from '../../../cli/live/cluster';
import { waitFor } from '../../../cli/live/wait-for';
import type { KubernetesObject } from '../../../cli/manifests/render';
import { verify } from '../../../cli/verify/command';
import { VERIFY } from '../../../cli/verify/registry';
import { verifySubject } from '../../../cli/verify/subject';
import { patchStatus } from '../patch-status';
import { DOOMED, faultsOf } from './faults';

/** What a phase has whose models are reached through a gateway and read claimed weights. */
const MORE: readonly KubernetesObject[] = [
  ...DOOMED,
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'weights', namespace: 'model-services' },
    spec: {
      storageClassName: 'elsewhere',
      accessModes: ['ReadWriteMany'],
      resources: { requests: { storage: '1Ti' } },
    },
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'chat', namespace: 'model-services' },
    spec: { parentRefs: [{ name: 'models', namespace: 'model-gateway' }] },
  },
];

/**
 * A phase that was deployed on a whole site passes; with one thing wrong at a time, verify says what.
 * Volcano, the gateway and the storage run nowhere here: `SiteControllers` stand in for them.
 */
export async function checkVerify(
  cluster: LiveCluster,
  declared: DeclaredPhase,
  log: (line: string) => void,
): Promise<void> {
  const more = MORE.map((object) => ({ stack: `${declared.id}-models`, address: 'test', object }));
  const phase = { ...declared, objects: [...declared.objects, ...more] };
  for (const object of MORE) await cluster.apply(object, 'site');
  const claim = MORE.find(({ kind }) => kind === 'PersistentVolumeClaim');
  assert(claim);
  await patchStatus(cluster, claim, { phase: 'Bound' });

  const fresh = () => LiveCluster.open(cluster.target);
  const passes = async () => {
    const report = await verify(phase, fresh(), 120, () => {});
    assert.deepEqual(report.findings, []);
  };
  await passes();
  log(`verify: ${VERIFY.length} checks hold after the deployment`);

  const faults = faultsOf(phase);
  const wrong: string[] = [];
  for (const { name, plant, ids, says } of faults) {
    const undo = await plant(cluster, phase);
    const expected = ids.join(', ');
    // A controller may need a moment to see it.
    const { findings } = await waitFor(
      name,
      30,
      () => runChecks(VERIFY, verifySubject(phase, fresh())),
      (report) => [...new Set(report.findings.map(({ id }) => id))].join(', ') === expected,
    );
    if (!findings.some(({ path, statement }) => says.test(`${path}: ${statement}`))) {
      wrong.push(`${name}: ${JSON.stringify(findings)}`);
    }
    await undo();
    await passes();
  }
  assert.deepEqual(wrong, []);
  const found = new Set(faults.flatMap(({ ids }) => ids));
  assert.deepEqual(
    VERIFY.map(({ id }) => id).filter((id) => !found.has(id)),
    [],
    'every check has a fault that it finds',
  );
  log(`verify: ${faults.length} faults, one at a time: each found where it shows, nothing left`);
}
