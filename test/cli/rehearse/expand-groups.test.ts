import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import type { KubernetesObject } from '../../../cli/manifests/render';
import { expandGroups } from '../../../cli/rehearse/expand-groups';
import { staticVolumes } from '../../../cli/rehearse/static-volumes';
import { ModelWeights } from '../../../constructs';
import { group, ofServing, serving } from '../../constructs/model-serving/fixtures';
import { Template } from '../../helpers/template';

function groups(replicas: number) {
  return expandGroups(ofServing(group({ replicas })) as unknown as KubernetesObject[]);
}

test('a group is a PodGroup of its size in the queue of the tenant, and its pods', () => {
  const [first, second] = groups(2);
  expect(first?.name).toBe('model-services/deepseek-r1-group-0');
  expect(first?.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'PodGroup deepseek-r1-group-0-rehearsed',
    'Pod deepseek-r1-group-0',
    'Pod deepseek-r1-group-0-1',
  ]);
  expect(first?.objects[0]?.spec).toEqual({ minMember: 2, queue: 'model-services' });
  expect(second?.objects.at(-1)?.metadata.name).toBe('deepseek-r1-group-1-1');
});

test('pods name their PodGroup, have their part as label, and find their leader by name', () => {
  const [, leader, worker] = groups(1)[0]?.objects ?? [];
  for (const [index, pod] of [leader, worker].entries()) {
    expect(pod?.metadata.labels).toMatchObject({
      'app.kubernetes.io/instance': 'deepseek-r1',
      'leaderworkerset.sigs.k8s.io/worker-index': `${index}`,
    });
    expect(pod?.metadata.annotations).toMatchObject({
      'scheduling.k8s.io/group-name': 'deepseek-r1-group-0-rehearsed',
    });
    const { subdomain, containers } = (pod?.spec ?? {}) as V1PodSpec;
    expect(subdomain).toBe('deepseek-r1-group');
    // Before everything that could refer to them.
    expect((containers[0] as V1Container).env?.slice(0, 3)).toEqual([
      { name: 'LWS_LEADER_ADDRESS', value: 'deepseek-r1-group-0.deepseek-r1-group.model-services' },
      { name: 'LWS_GROUP_SIZE', value: '2' },
      { name: 'LWS_WORKER_INDEX', value: `${index}` },
    ]);
  }
});

test('a set whose replicas an autoscaler sets begins with the least', () => {
  const made = group({ autoscaling: { minReplicas: 2, maxReplicas: 3 } });
  expect(expandGroups(ofServing(made) as unknown as KubernetesObject[])).toHaveLength(2);
});

test('each claim has a volume of its own, of its size and class', () => {
  const { stack, tenant } = serving({}, {}, { weightsStorageClass: 'models' });
  new ModelWeights(stack, 'weights', { tenant, claimName: 'weights', sizeGib: 9 });
  expect(staticVolumes(Template.of(stack).objects())).toEqual([
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: 'nankai-weights' },
      spec: {
        capacity: { storage: '9Gi' },
        accessModes: ['ReadWriteMany'],
        storageClassName: 'models',
        persistentVolumeReclaimPolicy: 'Delete',
        claimRef: {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          name: 'weights',
          namespace: 'nankai',
        },
        hostPath: { path: '/nowhere' },
      },
    },
  ]);
});
