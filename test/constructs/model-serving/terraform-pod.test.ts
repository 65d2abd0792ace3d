import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { V1PodTemplateSpec } from '@kubernetes/client-node';
import { terraformPod } from '../../../constructs/model-serving/terraform-pod';
import { Template, testStack } from '../../helpers/template';
import { group, type KubernetesObject, ofServing, podsOf, serving } from './fixtures';

/** A pod after its way through a typed resource of the provider and back. */
function thereAndBack(pod: V1PodTemplateSpec): unknown {
  const stack = testStack();
  new DeploymentV1(stack, 'd', {
    metadata: { name: 'd', namespace: 'n' },
    spec: { selector: { matchLabels: { a: 'b' } }, template: terraformPod(pod) },
  });
  const [deployment] = Template.of(stack).objects<KubernetesObject>();
  return deployment?.spec.template;
}

test('pods of groups and of Deployments are the same objects either way', () => {
  const groups = podsOf(ofServing(group({}, {}, { manageNodes: true })));
  const pods = [groups.leader, groups.worker, podsOf(ofServing(serving())).alone];
  for (const pod of pods) {
    if (!pod) throw new Error('no pod');
    expect(thereAndBack(pod)).toEqual(pod);
  }
});

test('text with templates of Terraform stays text', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's, not ours
  const command = ['/bin/sh', '-c', 'echo "${A:-1}" %{b} $(C)'];
  const pod = { spec: { containers: [{ name: 'c', image: 'i:1', command }] } };
  expect(thereAndBack(pod)).toMatchObject(pod);
});
