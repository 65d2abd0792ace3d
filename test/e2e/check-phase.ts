import assert from 'node:assert/strict';
import type { DeclaredPhase } from '../../cli/declared/phase';
import { LiveCluster } from '../../cli/live/cluster';
import { waitFor } from '../../cli/live/wait-for';
import { applyObjects } from '../../cli/rehearse/apply';
import { DECLARED_CAPACITY, sum } from '../../constructs';
import type { PhaseStacks } from '../../stacks/built-centre';
import type { Kubectl } from '../helpers/kubectl';
import { checkAccess } from './check-access';
import { checkAdmission } from './check-admission';
import { checkComponents, checkDownloads, checkPools } from './check-components';
import { checkFirstJob } from './check-first-job';
import { checkRoles } from './check-roles';
import { standIn } from './check-servings';
import { checkTenants } from './check-tenants';
import { npusOf, type Pod } from './pods';
import { tenantPod } from './tenant-pods';

/** Tenants of the phase that are looked at closely; `run.ts` gives them what they need for it. */
export const TENANTS = {
  own: 'tianjin-normal-university',
  other: 'tianda-zhitu',
  cordoned: 'district-government-services',
  imagePrefix: 'registry.example/',
};

/** The cluster names it as one whose pods may use the host. */
export const HOST_ACCESS_NAMESPACE = 'admission-host';

type Log = (line: string) => void;

interface Quota {
  readonly metadata: { readonly namespace: string };
  readonly status?: {
    readonly used?: Record<string, string>;
    readonly hard?: Record<string, string>;
  };
}

/** Applies a phase to a control plane with its nodes, and checks what the inventory promises. */
export async function checkPhase(
  kubectl: Kubectl,
  output: string,
  { cluster }: PhaseStacks,
  declared: DeclaredPhase,
  log: Log,
): Promise<void> {
  const live = LiveCluster.open(kubectl);
  for (const { name, objects } of declared.stacks) {
    assert.deepEqual(await applyObjects(live, objects), []);
    log(`${name}: ${objects.length} objects applied`);
  }
  const { pods } = await standIn(kubectl, declared, log);
  await checkComponents(kubectl, cluster.cluster, log);
  await checkPools(kubectl, cluster.cluster, log);
  await checkDownloads(kubectl, cluster.cluster, declared, log);
  await checkAccess(kubectl, log);
  const npuCounts = cluster.cluster.npuCounts();
  await checkAdmission(kubectl, { npuCounts, hostAccessNamespace: HOST_ACCESS_NAMESPACE }, log);
  await checkPlacement(pods, cluster, log);
  await checkDeclared(kubectl, cluster, log);
  await checkQuotas(kubectl, cluster, log);
  await checkRoles(kubectl, TENANTS, log);
  await checkTenants(kubectl, cluster.cluster, TENANTS, log);
  await checkFirstJob(kubectl, output, TENANTS.own, log);
  await checkRefusal(kubectl, cluster, log);
}

type Cluster = PhaseStacks['cluster'];

/** Every pod of every serving is on an NPU node of the cluster, and no node has more than it holds. */
async function checkPlacement(pods: readonly Pod[], { cluster }: Cluster, log: Log): Promise<void> {
  const [pool] = cluster.pools;
  assert(pool);
  const hosts = new Set(pool.hosts.filter((host) => host.inService).map((host) => host.name));
  const used = new Map<string, number>();
  for (const pod of pods) {
    const node = pod.spec.nodeName ?? '';
    assert(hosts.has(node), `${pod.metadata.name} is on ${node}, which is no NPU node`);
    used.set(node, (used.get(node) ?? 0) + npusOf(pod, pool.resourceName));
  }
  for (const [node, npus] of used) assert(npus <= pool.server.npus, `${node} holds ${npus} NPUs`);
  const total = sum([...used.values()]);
  const { servings } = cluster.inventory();
  assert.equal(total, sum(servings.map((s) => s.replicas * s.npusPerReplica)));
  log(
    `${pods.length} pods of ${servings.length} servings ready: ${total} NPUs on ${used.size} of ${hosts.size} NPU nodes`,
  );
  const count = (node: string) => pods.filter((pod) => pod.spec.nodeName === node).length;
  const perNode = [...used].sort().map(([node, npus]) => `${node} ${count(node)} (${npus})`);
  log(`pods (NPUs) by node: ${perNode.join(', ')}`);
}

/** The NPUs that the cluster says it should have are those that its nodes have. */
async function checkDeclared(kubectl: Kubectl, { cluster }: Cluster, log: Log): Promise<void> {
  const args = ['get', 'configmap', DECLARED_CAPACITY, '--namespace', 'kube-public', '-o', 'json'];
  const { data } = JSON.parse(await kubectl.must(args)) as { data: Record<string, string> };
  const nodes = await kubectl.items<{ status: { allocatable: Record<string, string> } }>(['nodes']);
  const names = new Set(cluster.pools.map((pool) => pool.resourceName));
  const allocatable = sum(
    nodes.flatMap((node) => [...names].map((name) => Number(node.status.allocatable[name] ?? 0))),
  );
  assert.equal(data['in-service-npus'], `${allocatable}`);
  log(
    `declared in the cluster: ${data.petaflops} PF, ${allocatable} NPUs in service, all allocatable`,
  );
}

/** The quota controller counts what the inventory says. */
async function checkQuotas(kubectl: Kubectl, { cluster }: Cluster, log: Log): Promise<void> {
  const { tenants, servings } = cluster.inventory();
  const key = (resourceName: string) => `requests.${resourceName}`;
  for (const tenant of tenants) {
    const expected = sum(
      servings
        .filter((serving) => serving.namespace === tenant.namespace)
        .map((serving) => serving.replicas * serving.npusPerReplica),
    );
    const args = ['get', 'resourcequota', 'tenant', '--namespace', tenant.namespace, '-o', 'json'];
    const quota = await waitFor(
      `quota of ${tenant.namespace} uses ${expected} NPUs`,
      30,
      async () => JSON.parse(await kubectl.must(args)) as Quota,
      ({ status }) => status?.used?.[key(tenant.resourceName)] === `${expected}`,
    );
    assert.equal(quota.status?.hard?.[key(tenant.resourceName)], `${tenant.ceiling}`);
    log(`namespace ${tenant.namespace}: ${expected} of ${tenant.ceiling} NPUs of its quota used`);
  }
}

/** A tenant gets exactly what it was sold: pods up to its ceiling, and not one NPU more. */
async function checkRefusal(kubectl: Kubectl, { cluster }: Cluster, log: Log): Promise<void> {
  const tenant = cluster.inventory().tenants.find((entry) => entry.namespace === TENANTS.own);
  assert(tenant);
  const { namespace, resourceName, ceiling } = tenant;
  const largest = Math.max(...(cluster.npuCounts()[resourceName] ?? []));
  const npuPod = (name: string, npus: number) =>
    tenantPod({
      name,
      namespace,
      image: `${TENANTS.imagePrefix}team/app:1`,
      resources: { limits: { [resourceName]: `${npus}` } },
    });
  const pods = Array.from({ length: Math.ceil(ceiling / largest) }, (_, index) =>
    npuPod(`probe-${index}`, Math.min(largest, ceiling - index * largest)),
  );
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: pods });
  try {
    await kubectl.must(['create', '-f', '-'], list);
    const one = npuPod('one-more', 1);
    const { code, stderr } = await kubectl.run(['create', '-f', '-'], JSON.stringify(one));
    assert.notEqual(code, 0, `a pod above the ceiling of ${ceiling} NPUs was admitted`);
    assert.match(stderr, /exceeded quota: tenant/);
  } finally {
    await kubectl.must(['delete', '--ignore-not-found', '-f', '-'], list);
  }
  log(
    `${namespace}: ${pods.length} pods with ${ceiling} NPUs admitted, one NPU more refused (exceeded quota)`,
  );
}
