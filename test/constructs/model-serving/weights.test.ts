import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  ModelServing,
  ModelWeights,
  type ModelWeightsProps,
  NodeWeights,
  type NodeWeightsProps,
  TenantNamespace,
  type WeightsDownload,
} from '../../../constructs';
import { problemsOf, smallCluster } from '../../helpers/cluster';
import { Template, testStack } from '../../helpers/template';
import { temporaryFolder } from '../../helpers/temporary-folder';
import { GROUP_CLUSTER, GROUP_TENANT, type KubernetesObject, only, podsOf } from './fixtures';

const DOWNLOAD: WeightsDownload = {
  models: ['qwen3-8b'],
  mirror: { urlPrefix: 'https://mirror.internal/models', cidr: '10.0.0.5/32' },
  image: 'registry.internal/curl:8.11',
};

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

test('what mounts a claim goes before it: one that is in use does not go', () => {
  const { stack, nankai, make } = weights('nfs-models', { download: DOWNLOAD });
  new ModelServing(stack, 'serving', { tenant: nankai, model: 'qwen3-8b', weights: make() });
  const template = Template.of(stack);
  const [serving] = template.below('serving').resources('kubernetes_deployment_v1');
  for (const resource of [serving, template.only('kubernetes_job_v1')]) {
    expect(resource?.depends_on).toEqual([
      expect.stringMatching(/^kubernetes_persistent_volume_claim_v1\.weights_/),
    ]);
  }
});

test.each([
  [{}, { prevent_destroy: true }],
  [{ protect: true }, { prevent_destroy: true }],
  [{ protect: false }, undefined],
])('%j: what is on a claim does not go by itself', (props, lifecycle) => {
  const { stack, make } = weights('nfs-models', props);
  make();
  const claim = Template.of(stack).only('kubernetes_persistent_volume_claim_v1');
  expect(claim.lifecycle).toEqual(lifecycle);
});

test('a claim of a retired tenant may go', () => {
  const { stack, nankai } = weights('nfs-models');
  const retired = new TenantNamespace(stack, 'retired', {
    cluster: nankai.cluster,
    tenantName: 'retired',
    guarantee: 0,
    state: 'retired',
  });
  new ModelWeights(stack, 'weights', { tenant: retired, claimName: 'weights', sizeGib: 1 });
  const claim = Template.of(stack).only('kubernetes_persistent_volume_claim_v1');
  expect(claim.lifecycle).toBeUndefined();
});

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
  expect(template.resources('kubernetes_job_v1')).toEqual([]);
  const pod = podsOf(template.below('serving').objects<KubernetesObject>()).alone;
  const mounts = [...(pod?.spec?.initContainers ?? []), ...(pod?.spec?.containers ?? [])].flatMap(
    ({ volumeMounts = [] }) => volumeMounts.filter(({ name }) => name === 'weights'),
  );
  expect(mounts).toEqual([
    { name: 'weights', mountPath: '/models', readOnly: true },
    { name: 'weights', mountPath: '/models', readOnly: true },
  ]);
  expect(pod?.spec?.volumes).toContainEqual({
    name: 'weights',
    persistentVolumeClaim: { claimName: 'weights', readOnly: true },
  });
});

test('the download is a Job that Terraform neither waits for nor makes again', () => {
  const { stack, make } = weights('nfs-models', { download: DOWNLOAD });
  make();
  const template = Template.of(stack).below('weights');
  const job = template.only('kubernetes_job_v1');
  expect(job).toMatchObject({
    metadata: { name: 'weights-download', namespace: 'nankai' },
    wait_for_completion: false,
  });
  const { spec } = only(template.objects<KubernetesObject>(), 'Job');
  expect(spec).not.toHaveProperty('ttlSecondsAfterFinished');
  const { containers, volumes, restartPolicy, securityContext } = spec.template.spec;
  expect({ restartPolicy, volumes, securityContext }).toMatchObject({
    restartPolicy: 'OnFailure',
    volumes: [{ name: 'weights', persistentVolumeClaim: { claimName: 'weights' } }],
    securityContext: { runAsNonRoot: true, runAsUser: 1000 },
  });
  // A pod without NPUs: the policies refuse it where it tolerates the taint of NPU servers.
  expect(spec.template.spec).not.toHaveProperty('tolerations');
  expect(containers[0].env).toEqual([
    { name: 'URL_PREFIX', value: 'https://mirror.internal/models' },
    { name: 'REPOSITORIES', value: 'Qwen/Qwen3-8B' },
    { name: 'MANIFEST', value: 'SHA256SUMS' },
    { name: 'TARGET', value: '/weights' },
  ]);
});

test('a closed namespace lets the download out to the mirror, and nothing else', () => {
  const { stack, make } = weights('nfs-models', { download: DOWNLOAD });
  make();
  const policy = only(
    Template.of(stack).below('weights').objects<KubernetesObject>(),
    'NetworkPolicy',
  );
  expect(policy.spec).toEqual({
    podSelector: {
      matchLabels: {
        'app.kubernetes.io/name': 'weights-download',
        'app.kubernetes.io/instance': 'weights',
      },
    },
    policyTypes: ['Egress'],
    egress: [
      {
        to: [{ ipBlock: { cidr: '10.0.0.5/32' } }],
        ports: [{ port: 443, protocol: 'TCP' }],
      },
    ],
  });
});

/** Init container of a serving, and the directory that stands in for its volume. */
function gate() {
  const { stack, nankai, make } = weights('nfs-models', { download: DOWNLOAD });
  new ModelServing(stack, 'serving', { tenant: nankai, model: 'qwen3-8b', weights: make() });
  const pod = podsOf(Template.of(stack).below('serving').objects<KubernetesObject>()).alone;
  const [init] = pod?.spec?.initContainers ?? [];
  const [shell = '', ...args] = init?.command ?? [];
  const marker = init?.env?.find(({ name }) => name === 'MARKER')?.value ?? '';
  return { shell, args, marker };
}

test('a serving waits for the marker of its own weights: run for real', async () => {
  const { shell, args, marker } = gate();
  expect(marker).toBe('/models/Qwen/Qwen3-8B/.complete');
  const file = join(temporaryFolder(), marker);
  mkdirSync(dirname(file), { recursive: true });
  const script = args.map((arg) => arg.replace('sleep 15', 'sleep 0.05'));
  const child = spawn(shell, script, { env: { PATH: process.env.PATH, MARKER: file } });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const says = await new Promise<string>((done) =>
    child.stdout.once('data', (data) => done(`${data}`)),
  );
  expect(says).toMatch(/waiting for .*Qwen3-8B\/\.complete: the weights are not complete/);
  expect(child.exitCode).toBeNull();
  writeFileSync(file, 'whole\n');
  expect(await ended).toBe(0);
});

test('a pod that is deleted while it waits ends at once', async () => {
  const { shell, args } = gate();
  // A group of its own, so that what the shell has started can be ended, as a container would be.
  const env = { PATH: process.env.PATH, MARKER: '/nowhere' };
  const child = spawn(shell, args, { env, detached: true });
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  await new Promise((done) => child.stdout.once('data', done));
  child.kill('SIGTERM');
  expect(await ended).toBe(1);
  spawnSync('kill', ['-9', '--', `-${child.pid}`]);
});

function cache(props: Partial<NodeWeightsProps> = {}, podSecurity = 'privileged') {
  const stack = testStack();
  const cluster = smallCluster(stack, GROUP_CLUSTER);
  const tenant = new TenantNamespace(stack, 'services', {
    cluster,
    tenantName: 'model-services',
    guarantee: 8,
    ...GROUP_TENANT,
    ...(podSecurity === 'privileged' ? {} : { podSecurity: 'baseline' }),
  });
  const make = () =>
    new NodeWeights(stack, 'cache', { tenant, name: 'weights', download: DOWNLOAD, ...props });
  return { stack, tenant, make };
}

test('a cache on the disks of servers: each fetches, servings wait on their own server', () => {
  const { stack, tenant, make } = cache();
  new ModelServing(stack, 'serving', { tenant, model: 'qwen3-8b', weights: make() });
  const template = Template.of(stack);
  const { spec } = only(template.below('cache').objects<KubernetesObject>(), 'DaemonSet');
  const volume = {
    name: 'weights',
    hostPath: { path: '/var/lib/aicc/models', type: 'DirectoryOrCreate' },
  };
  expect(spec.template.spec).toMatchObject({
    nodeSelector: { 'aicc.internal/pool': 'npu' },
    tolerations: [{ key: 'huawei.com/Ascend910', operator: 'Exists' }],
    initContainers: [{ name: 'download' }],
    volumes: [volume],
  });
  const pod = podsOf(template.below('serving').objects<KubernetesObject>()).alone;
  expect(pod?.spec?.volumes).toContainEqual(volume);
  expect(pod?.spec?.initContainers?.map(({ name }) => name)).toEqual(['weights']);
});

test('fails where the cluster names no storage class, and for wrong props', () => {
  expect(problemsOf(weights(undefined, { claimName: 'Weights', sizeGib: 0.5 }).make)).toEqual([
    expect.stringMatching(/claimName must be a DNS label.*got: 'Weights'$/),
    expect.stringMatching(/sizeGib must be a whole number of 1 or more.*got: 0.5$/),
    expect.stringMatching(
      /weights are claimed on cluster c-1, which names no StorageClass.*set weightsStorageClass of the cluster, got: none$/,
    ),
  ]);
});

const { mirror } = DOWNLOAD;
test.each<[Partial<WeightsDownload>, RegExp]>([
  [{ models: [] }, /download.models must hold one entry at least/],
  [{ models: ['gpt-9'] }, /models must be of the catalogue and have weights.*got: 'gpt-9'$/],
  [
    { mirror: { ...mirror, urlPrefix: 'mirror' } },
    /must be an http or https address.*got: 'mirror'/,
  ],
  [{ mirror: { ...mirror, urlPrefix: 'http://a/' } }, /a slash at its end.*got: 'http:\/\/a\/'$/],
  [{ mirror: { ...mirror, urlPrefix: 'http://u:p@a/m' } }, /without user/],
  [{ mirror: { ...mirror, cidr: '10.0.0.5' } }, /cidr.*got: '10.0.0.5'/],
  [{ mirror: { ...mirror, manifest: '../x' } }, /download.mirror.manifest must be a file name/],
  [{ image: 'curl' }, /with a digest or a tag.*got: 'curl'$/],
])('fails for a download with %j', (change, message) => {
  const wrong = weights('nfs-models', { download: { ...DOWNLOAD, ...change } });
  expect(problemsOf(wrong.make)).toEqual([expect.stringMatching(message)]);
});

test('fails where the claim has no room, with the sum', () => {
  const download = { ...DOWNLOAD, models: ['qwen3-8b', 'qwen3-32b'] };
  expect(problemsOf(weights('nfs-models', { sizeGib: 60, download }).make)).toEqual([
    expect.stringMatching(/weights need [\d.]+ \+ [\d.]+ = [\d.]+ GiB; raise sizeGib.*got: 60$/),
  ]);
});

test('fails where a serving mounts a claim of another namespace, or waits for what nobody fetches', () => {
  const { stack, tenant, make } = weights('nfs-models', { download: DOWNLOAD });
  const claim = make();
  const other = tenant('tianda');
  const serving = () =>
    new ModelServing(stack, 'serving', { tenant: other, model: 'qwen3-14b', weights: claim });
  expect(problemsOf(serving)).toEqual([
    expect.stringMatching(/weights must be claimed in namespace tianda.*got: 'nankai'$/),
    expect.stringMatching(/weights must hold qwen3-14b.*got: qwen3-8b$/),
  ]);
});

test('fails for disks of servers in a namespace without access to them', () => {
  expect(problemsOf(cache({ path: 'models' }, 'baseline').make)).toEqual([
    expect.stringMatching(/path must be an absolute path.*got: 'models'$/),
    expect.stringMatching(/needs the host, which baseline forbids/),
  ]);
});
