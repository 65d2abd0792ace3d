import type { V1PodTemplateSpec } from '@kubernetes/client-node';
import { Token } from 'cdktf';
import { kubernetesObject } from '../../constructs/kubernetes-object';
import { ValidationError } from '../../core/errors';
import { toProvider } from '../../core/kubernetes/to-provider';
import { fullObject, resourceTypes, withoutPaths } from '../helpers/kubernetes-samples';
import { Template, testStack } from '../helpers/template';
import { group, type KubernetesObject, ofServing, podsOf, serving } from './model-serving/fixtures';

/** A Deployment of a pod. */
function deployment(template: V1PodTemplateSpec) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'd', namespace: 'n' },
    spec: { selector: { matchLabels: { a: 'b' } }, template },
  } as const;
}

/** A pod after its way through a typed resource of the provider and back. */
function thereAndBack(pod: V1PodTemplateSpec): unknown {
  const stack = testStack();
  kubernetesObject(stack, 'd', deployment(pod));
  const [made] = Template.of(stack).objects<KubernetesObject>();
  return made?.spec.template;
}

/** What is wrong with an object. */
function problemsOf(make: () => unknown): readonly string[] {
  try {
    make();
  } catch (error) {
    if (error instanceof ValidationError) return error.message.split('\n');
    throw error;
  }
  return [];
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

// What the bindings take is what the table says: they drop what they do not know without a word.
test.each(resourceTypes())('%s: every field that the provider has comes through cdktf', (type) => {
  const stack = testStack();
  const wrong: string[] = [];
  const full = fullObject(type);
  toProvider(full, { report: (path) => wrong.push(path) });
  const object = withoutPaths(full, wrong);
  if (problemsOf(() => kubernetesObject(stack, 'o', object as never)).length > 0) {
    // Kinds that constructs do not make have no class here.
    expect([
      'CronJob',
      'PersistentVolume',
      'Pod',
      'Secret',
      'StatefulSet',
      'StorageClass',
    ]).toContain(full.kind);
    return;
  }
  expect(Template.of(stack).objects()).toEqual([object]);
});

test('what is set on the default account is an object of that name', () => {
  const stack = testStack();
  const account = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'default', namespace: 'n' },
    automountServiceAccountToken: false,
  } as const;
  kubernetesObject(stack, 'a', account);
  expect(Template.of(stack).counts()).toEqual({ kubernetes_default_service_account_v1: 1 });
  expect(Template.of(stack).objects()).toEqual([account]);
});

test('what the provider has no field for is an error with its path, all at once', () => {
  const stack = testStack();
  const container = { name: 'c', resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'x' }] };
  const pod = { containers: [container], resourceClaims: [{ name: 'npu' }] };
  expect(problemsOf(() => kubernetesObject(stack, 'd', deployment({ spec: pod })))).toEqual([
    'test/d: spec.template.spec.containers[0].resizePolicy: the provider has no such field of V1Container; leave it out, got: [{"resourceName":"cpu","restartPolicy":"x"}]',
    'test/d: spec.template.spec.resourceClaims: the provider has no such field of V1PodSpec; leave it out, got: [{"name":"npu"}]',
  ]);
  expect(stack.node.tryFindChild('d')).toBeUndefined();
});

test('a kind without a typed resource is an error that names it', () => {
  const widget = { apiVersion: 'example.org/v1', kind: 'Widget' } as never;
  expect(problemsOf(() => kubernetesObject(testStack(), 'w', widget))).toEqual([
    'test/w: the provider has no resource for it here; use customResource, got: Widget of example.org/v1',
  ]);
});

test('tokens of cdktf stay tokens, in texts and in place of other values', () => {
  const stack = testStack();
  const token = { resolve: () => 'known later' };
  kubernetesObject(stack, 'd', {
    ...deployment({ metadata: { labels: { a: `%{plain} ${Token.asString(token)}` } } }),
    metadata: { name: Token.asString(token) },
  });
  kubernetesObject(stack, 's', {
    apiVersion: 'v1',
    kind: 'Service',
    spec: { externalIPs: Token.asList(token), healthCheckNodePort: Token.asNumber(token) },
  });
  const template = Template.of(stack);
  const [attributes] = template.resources('kubernetes_deployment_v1');
  expect(attributes).toMatchObject({
    metadata: { name: 'known later' },
    spec: { template: { metadata: { labels: { a: '%%{plain} known later' } } } },
  });
  expect(template.only('kubernetes_service_v1').spec).toEqual({
    external_ips: 'known later',
    health_check_node_port: 'known later',
  });
});
