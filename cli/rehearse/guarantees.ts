import {
  type AcceleratorId,
  findServer,
  hostShare,
  type PoolEntry,
  type ServerFormId,
  type ServingEntry,
  sum,
  type TenantEntry,
} from '../../constructs';
import { type DeclaredPhase, objectsOf } from '../declared/phase';
import type { KubernetesObject } from '../manifests/render';
import { tenantNotes } from '../tenant/facts';
import { exampleJobs } from '../tenant/jobs';
import { HELD_LABEL } from './held';

/** What a tenant is guaranteed, less what its servings hold: Jobs of whole servers, and the rest in fewer pods. */
export interface GuaranteeJobs {
  readonly namespace: string;
  /** NPUs of its servings. */
  readonly servingNpus: number;
  /** NPUs of the Jobs. */
  readonly jobNpus: number;
  readonly pods: number;
  readonly jobs: readonly KubernetesObject[];
}

/** Jobs of every tenant that may have new pods. */
export function guaranteeJobs(phase: DeclaredPhase): GuaranteeJobs[] {
  return phase.cluster.tenants.map((tenant) => {
    const servingNpus = sum(
      phase.cluster.servings
        .filter((serving) => serving.namespace === tenant.namespace)
        .map(npusOf),
    );
    const free = tenant.state === 'active' ? Math.max(0, tenant.guarantee - servingNpus) : 0;
    const sizes = podSizes(phase, tenant, free);
    return {
      namespace: tenant.namespace,
      servingNpus,
      jobNpus: sum(sizes.map(({ npus, pods }) => npus * pods)),
      pods: sum(sizes.map(({ pods }) => pods)),
      jobs: sizes.map((size) => jobOf(phase, tenant, size)),
    };
  });
}

function npusOf({ replicas, npusPerReplica }: ServingEntry): number {
  return replicas * npusPerReplica;
}

interface Size {
  readonly npus: number;
  readonly pods: number;
}

/** The fewest pods for so many NPUs, each with a count that the server form allows. */
function podSizes(phase: DeclaredPhase, tenant: TenantEntry, npus: number): Size[] {
  const counts = serverOf(poolOf(phase, tenant)).form.podNpuCounts;
  const sizes: Size[] = [];
  let left = npus;
  for (const count of [...counts].sort((a, b) => b - a)) {
    const pods = Math.floor(left / count);
    if (pods > 0) sizes.push({ npus: count, pods });
    left -= pods * count;
  }
  return sizes;
}

function jobOf(phase: DeclaredPhase, tenant: TenantEntry, { npus, pods }: Size): KubernetesObject {
  const { namespace, resourceName } = tenant;
  const pool = poolOf(phase, tenant);
  const own = objectsOf(phase, 'Namespace').find(({ metadata }) => metadata.name === namespace);
  const notes = tenantNotes(own, namespace);
  const [job] = exampleJobs({ namespace, resourceName, pool, ...notes });
  const { template } = job.spec as { template: Template };
  const share = hostShare(serverOf(pool), npus);
  const limits = {
    [resourceName]: `${npus}`,
    cpu: `${share.cpus}`,
    memory: `${share.memoryGib}Gi`,
  };
  return {
    ...job,
    metadata: { name: `rehearsal-${npus}`, namespace },
    spec: {
      ...(job.spec as object),
      parallelism: pods,
      completions: pods,
      template: {
        ...template,
        metadata: { ...template.metadata, labels: { [HELD_LABEL]: 'guarantee' } },
        spec: {
          ...template.spec,
          containers: template.spec.containers.map((container) => ({
            ...container,
            resources: { limits },
          })),
        },
      },
    },
  } as KubernetesObject;
}

interface Template {
  readonly metadata: object;
  readonly spec: { readonly containers: readonly object[] };
}

function poolOf({ id, cluster }: DeclaredPhase, { resourceName }: TenantEntry): PoolEntry {
  const pool = cluster.pools.find((entry) => entry.resourceName === resourceName);
  if (!pool) throw new Error(`${id} has no pool of ${resourceName}`);
  return pool;
}

function serverOf({ serverForm, accelerator }: PoolEntry) {
  const server = findServer(serverForm as ServerFormId, accelerator as AcceleratorId);
  if (Array.isArray(server)) throw new Error(server.join('; '));
  return server;
}
