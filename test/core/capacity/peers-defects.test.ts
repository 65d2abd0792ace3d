import {
  type ProofSubject,
  runProofs,
  TenantNamespace,
  type WrittenShare,
} from '../../../constructs';
import { problemsOf, smallCluster } from '../../helpers/cluster';
import { hosts, PLAIN_CLUSTER, poolEntryOf, written } from '../../helpers/inventory';
import { testStack } from '../../helpers/template';
import { servings } from './serving-fixtures';

const NPU = 'huawei.com/Ascend910';

/** Tenants of a cluster with two servers, 16 NPUs: `[guarantee, ceiling]` each. */
function tenants(
  shares: readonly (readonly [guarantee: number, ceiling: number])[],
  { outOfService = 0, changes = {} as Partial<WrittenShare> } = {},
): ProofSubject {
  return {
    kind: 'cluster',
    cluster: {
      ...PLAIN_CLUSTER,
      path: 'c-1',
      name: 'c-1',
      pools: [poolEntryOf({ hosts: hosts(2, outOfService) })],
      servings: [],
      tenants: shares.map(([guarantee, ceiling], index) => ({
        path: `tenants/t-${index}`,
        namespace: `t-${index}`,
        resourceName: NPU,
        guarantee,
        ceiling,
        state: 'active',
        podSecurity: 'restricted',
        priorityClasses: ['batch'],
        written: { ...written(guarantee, ceiling), ...changes },
      })),
    },
  };
}

const { [`requests.${NPU}`]: _, ...withoutNpus } = written(8, 8).quota;

/** What other projects accept or accepted, and the proof that does not. Links: the issues named. */
const DEFECTS: readonly (readonly [defect: string, subject: ProofSubject, id: string])[] = [
  [
    'volcano-sh/volcano#4818: guarantees of queues add up to more than there is above them, and scheduling stops',
    tenants([
      [8, 8],
      [8, 8],
      [1, 1],
    ]),
    'AICC-CAP-003',
  ],
  [
    'volcano-sh/volcano#4819: the capability of a queue is above the cluster',
    tenants([[8, 17]]),
    'AICC-CAP-005',
  ],
  [
    'volcano-sh/volcano#4076: the guarantee of one queue is above the cluster, and the scheduler crashes',
    tenants([[17, 17]]),
    'AICC-CAP-003',
  ],
  [
    'kubernetes-sigs/kueue#2665: quotas are never compared with the nodes that work',
    tenants([[16, 16]], { outOfService: 1 }),
    'AICC-CAP-003',
  ],
  [
    'kubeflow/website#2460: the quota of an extended resource is written without requests.',
    tenants([[8, 8]], { changes: { quota: { ...withoutNpus, [NPU]: '8' } } }),
    'AICC-TEN-005',
  ],
  [
    'the same, with limits.',
    tenants([[8, 8]], { changes: { quota: { ...withoutNpus, [`limits.${NPU}`]: '8' } } }),
    'AICC-TEN-005',
  ],
  [
    'defilantech/LLMKube#192: an update waits for an NPU that the old pod holds',
    // Six replicas of four NPUs hold all 24 of three servers.
    servings([{ replicas: 6, rollout: { maxSurge: 1, maxUnavailable: 0 } }]),
    'AICC-SRV-012',
  ],
  [
    'rancher/rancher#17000: a quota has no accelerators at all',
    tenants([[8, 8]], { changes: { quota: withoutNpus } }),
    'AICC-TEN-005',
  ],
];

test.each(DEFECTS)('%s', (_defect, subject, id) => {
  const failed = runProofs(subject).filter((result) => result.status === 'failed');
  expect(failed.map((result) => result.id)).toContain(id);
});

test('the same cluster without the defect', () => {
  const subject = tenants([
    [8, 8],
    [8, 8],
  ]);
  expect(runProofs(subject).filter((result) => result.status === 'failed')).toEqual([]);
});

test('cdk8s-team/cdk8s#1338: a name with an underscore is refused at synthesis, not at deploy', () => {
  const stack = testStack();
  const cluster = smallCluster(stack);
  const props = { cluster, tenantName: 'nan_kai', guarantee: 8, labels: { team: 'a b' } };
  expect(problemsOf(() => new TenantNamespace(stack, 'tenant', props))).toEqual([
    expect.stringMatching(/^test\/tenant: tenantName must be a DNS label: .*got: 'nan_kai'$/),
    expect.stringMatching(/^test\/tenant: labels: a value has at most 63 letters.*got: 'a b'$/),
  ]);
});
