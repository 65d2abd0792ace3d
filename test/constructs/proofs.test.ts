import {
  acknowledge,
  type ComputeCluster,
  proveAll,
  TenantNamespace,
  validationProblems,
} from '../../constructs';
import { smallCluster } from '../helpers/cluster';
import { testStack } from '../helpers/template';

const failing = (cluster: ComputeCluster) =>
  cluster
    .prove()
    .filter(({ status }) => status !== 'passed')
    .map(({ id, status }) => `${id} ${status}`);

test('results are kept until something is registered or accepted', () => {
  const cluster = smallCluster(testStack());
  const before = cluster.prove();
  expect(before.length).toBeGreaterThan(3);
  expect(cluster.prove()).toBe(before);
  expect(proveAll(cluster)).toEqual(before);
  // 17 of 16 NPUs.
  new TenantNamespace(cluster, 'nankai', { cluster, tenantName: 'nankai', guarantee: 17 });
  expect(failing(cluster)).toEqual(['AICC-CAP-003 failed', 'AICC-CAP-005 failed']);
  acknowledge(cluster, { id: 'AICC-CAP-005', reason: 'second rack arrives', until: '2026-12-31' });
  expect(failing(cluster)).toEqual(['AICC-CAP-003 failed', 'AICC-CAP-005 acknowledged']);
});

test('problems are data: those of proofs with their id, and what others say at their construct', () => {
  const stack = testStack();
  const cluster = smallCluster(stack);
  new TenantNamespace(stack, 'nankai', { cluster, tenantName: 'nankai', guarantee: 17 });
  acknowledge(cluster, { id: 'AICC-CAP-001', reason: 'none', until: '2026-12-31' });
  cluster.node.addValidation({ validate: () => ['of somebody else: with a colon'] });
  expect(validationProblems(cluster)).toEqual([
    {
      path: 'test/cluster',
      id: 'AICC-CAP-003',
      message: expect.stringMatching(/^AICC-CAP-003 'guarantees fit .*, got: .*17 > 16 usable/),
    },
    {
      path: 'test/nankai',
      id: 'AICC-CAP-005',
      message: expect.stringMatching(/^AICC-CAP-005 .*guarantee 17/),
    },
    {
      path: 'test/cluster',
      message: expect.stringMatching(/^acknowledgement of AICC-CAP-001 is not used: nothing at/),
    },
    { path: 'test/cluster', message: 'of somebody else: with a colon' },
  ]);
});
