import assert from 'node:assert/strict';
import { waitFor } from '../../cli/live/wait-for';
import type { ComputeCluster } from '../../constructs';
import type { Kubectl } from '../helpers/kubectl';
import { type PodOptions, tenantContainer, tenantPod } from './tenant-pods';

type Log = (line: string) => void;

export interface TenantsToCheck {
  /** `restricted`, and images from one registry only. */
  readonly own: string;
  readonly other: string;
  readonly cordoned: string;
  /** Prefix that `own` may take images from. */
  readonly imagePrefix: string;
}

interface Case {
  readonly what: string;
  readonly change: Partial<PodOptions>;
  readonly message: RegExp;
}

/** What a tenant may not run, and the reason that it is told. */
function refusedPods(resourceName: string, other: string, image: string): Case[] {
  const privileged = { securityContext: { privileged: true } };
  const limits = (name: string) => ({ limits: { [name]: '1' } });
  const init = (more: object) => ({ ...tenantContainer(image), name: 'init', ...more });
  return [
    { what: 'privileged', change: { container: privileged }, message: /privileged/ },
    {
      what: 'hostPath',
      change: { spec: { volumes: [{ name: 'host', hostPath: { path: '/' } }] } },
      message: /hostPath/,
    },
    {
      what: 'hostNetwork',
      change: { spec: { hostNetwork: true } },
      message: /host namespaces|hostNetwork/,
    },
    {
      what: 'root',
      change: { container: { securityContext: { runAsUser: 0 } } },
      message: /runAsUser=0/,
    },
    {
      what: 'foreign registry',
      change: { image: 'elsewhere.example/team/app:1' },
      message: /AICC-POL-003.*got: elsewhere.example/,
    },
    {
      what: 'foreign queue',
      change: { annotations: { 'scheduling.volcano.sh/queue-name': other } },
      message: new RegExp(`AICC-POL-002.*got: ${other}`),
    },
    {
      what: 'foreign priority class',
      change: { spec: { priorityClassName: 'centre-system' } },
      message: /AICC-POL-004.*got: centre-system|forbidden/,
    },
    {
      what: 'another NPU resource name',
      change: { resources: limits('huawei.com/Ascend310P') },
      message: /exceeded quota: tenant.*Ascend310P/,
    },
    {
      what: 'a virtual NPU',
      change: { resources: limits('huawei.com/Ascend910-4c') },
      message: /exceeded quota: tenant.*Ascend910-4c/,
    },
    {
      what: 'NPU request without limit',
      change: { resources: { requests: { [resourceName]: '1' } } },
      message: /Limit must be set for non overcommitable resources/,
    },
    {
      what: 'init container from a foreign registry',
      change: { spec: { initContainers: [init({ image: 'elsewhere.example/init:1' })] } },
      message: /AICC-POL-003.*got: elsewhere.example\/init:1/,
    },
    {
      what: 'privileged init container',
      change: { spec: { initContainers: [init(privileged)] } },
      message: /privileged/,
    },
    {
      what: 'more CPUs than a server has for pods',
      change: { resources: { limits: { cpu: '1000' } } },
      message: /maximum cpu usage per Container/,
    },
  ];
}

/** Two tenants side by side: each gets what it was promised, and nothing of the other's. */
export async function checkTenants(
  kubectl: Kubectl,
  cluster: ComputeCluster,
  { own, other, cordoned, imagePrefix }: TenantsToCheck,
  log: Log,
): Promise<void> {
  const resourceName = cluster.pools[0]?.resourceName ?? '';
  const image = `${imagePrefix}team/app:1`;
  const send = (pod: object, ...flags: string[]) =>
    kubectl.run(['create', ...flags, '-f', '-'], JSON.stringify(pod));
  const good = { namespace: own, image, resources: { limits: { [resourceName]: '1' } } };
  const admitted = await send(tenantPod(good), '--dry-run=server');
  assert.equal(admitted.code, 0, `a good pod is refused: ${admitted.stderr}`);

  const cases = refusedPods(resourceName, other, image);
  const wrong: string[] = [];
  for (const { what, change, message } of cases) {
    const { code, stderr } = await send(tenantPod({ ...good, ...change }), '--dry-run=server');
    if (code === 0) wrong.push(`${what}: admitted`);
    else if (!message.test(stderr)) wrong.push(`${what}: ${stderr.trim()}`);
  }
  assert.deepEqual(wrong, []);
  log(
    `${own}: a good pod is admitted; refused with a reason: ${cases.map((c) => c.what).join(', ')}`,
  );

  const late = await send(tenantPod({ namespace: cordoned, image }), '--dry-run=server');
  assert.match(late.stderr, /exceeded quota: cordon/);
  log(`${cordoned} is cordoned: no new pod`);
  await checkDefaults(kubectl, own, image, log);
}

/** A pod that asks for nothing gets the defaults of the namespace, and counts in its quota. */
async function checkDefaults(kubectl: Kubectl, namespace: string, image: string, log: Log) {
  const used = async () => {
    const args = ['get', 'resourcequota', 'tenant', '--namespace', namespace, '-o', 'json'];
    const { status } = JSON.parse(await kubectl.must(args));
    return `${status.used?.['requests.cpu']} CPU, ${status.used?.['requests.memory']}, ${status.used?.pods} pods`;
  };
  await kubectl.must(['create', '-f', '-'], JSON.stringify(tenantPod({ namespace, image })));
  try {
    const args = ['get', 'pod', 'probe', '--namespace', namespace, '-o', 'json'];
    const { spec } = JSON.parse(await kubectl.must(args));
    const defaults = { cpu: '1', memory: '2Gi', 'ephemeral-storage': '20Gi' };
    assert.deepEqual(spec.containers[0].resources, { requests: defaults, limits: defaults });
    const counted = await waitFor(
      'a pod without requests counts in the quota',
      30,
      used,
      (text) => text === '1 CPU, 2Gi, 1 pods',
    );
    log(`${namespace}: a pod without requests gets the defaults and counts (${counted})`);
  } finally {
    await kubectl.must(['delete', 'pod', 'probe', '--namespace', namespace, '--wait=true']);
  }
}
