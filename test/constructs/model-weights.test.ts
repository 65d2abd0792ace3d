import {
  ModelServing,
  ModelWeights,
  type ModelWeightsProps,
  TenantNamespace,
} from '../../constructs';
import { problemsOf, smallCluster } from '../helpers/cluster';
import { Template, testStack } from '../helpers/template';

function weights(weightsStorageClass?: string, props: Partial<ModelWeightsProps> = {}) {
  const stack = testStack();
  const cluster = smallCluster(stack, { weightsStorageClass });
  const tenant = (tenantName: string) =>
    new TenantNamespace(stack, tenantName, {
      cluster,
      tenantName,
      guarantee: 8,
      podSecurity: 'baseline',
    });
  const nankai = tenant('nankai');
  const make = () =>
    new ModelWeights(stack, 'weights', {
      tenant: nankai,
      claimName: 'weights',
      sizeGib: 500,
      ...props,
    });
  return { stack, tenant, nankai, make };
}

test('a claim of the storage class of the cluster, mounted read-only by a serving', () => {
  const { stack, nankai, make } = weights('nfs-models');
  new ModelServing(stack, 'serving', { tenant: nankai, model: 'qwen3-8b', weights: make() });
  const template = Template.of(stack);
  expect(template.only('kubernetes_persistent_volume_claim_v1')).toMatchObject({
    metadata: { name: 'weights', namespace: 'nankai' },
    wait_until_bound: false,
    spec: {
      access_modes: ['ReadWriteMany'],
      storage_class_name: 'nfs-models',
      resources: { requests: { storage: '500Gi' } },
    },
  });
  const deployment = template.below('serving').only('kubernetes_deployment_v1');
  expect(deployment).toMatchObject({
    spec: {
      template: {
        spec: {
          volume: expect.arrayContaining([
            {
              name: 'weights',
              persistent_volume_claim: { claim_name: 'weights', read_only: true },
            },
          ]),
        },
      },
    },
  });
});

test('fails where the cluster names no storage class, and for wrong props', () => {
  expect(problemsOf(weights(undefined, { claimName: 'Weights', sizeGib: 0.5 }).make)).toEqual([
    expect.stringMatching(/claimName must be a DNS subdomain.*got: 'Weights'$/),
    expect.stringMatching(/sizeGib must be a whole number of 1 or more.*got: 0.5$/),
    expect.stringMatching(
      /weights are claimed on cluster c-1, which names no StorageClass.*set weightsStorageClass of the cluster, got: none$/,
    ),
  ]);
});

test('fails where a serving mounts a claim of another namespace', () => {
  const { stack, tenant, make } = weights('nfs-models');
  const claim = make();
  const other = tenant('tianda');
  const serving = () =>
    new ModelServing(stack, 'serving', { tenant: other, model: 'qwen3-8b', weights: claim });
  expect(problemsOf(serving)).toEqual([
    expect.stringMatching(/weights must be claimed in namespace tianda.*got: 'nankai'$/),
  ]);
});
