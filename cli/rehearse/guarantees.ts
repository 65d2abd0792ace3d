import {
  type AcceleratorId,
  findServer,
  hostShare,
  type ServerFormId,
} from '../../core/accelerator';
import { type PoolEntry, type ServingEntry, sum, type TenantEntry } from '../../core/capacity';
import type { DeclaredPhase } from '../declared/phase';
import type { KubernetesObject } from '../manifests/render';
import { exampleJobs } from '../tenant/jobs';
import { REHEARSAL_LABEL } from './rehearsal-label';

/** What a tenant is guaranteed, less what its servings hold, as Jobs of one pod each: whole servers first. */
export interface GuaranteeJobs {
  readonly namespace: string;
  /** NPUs of its servings. */
  readonly servingNpus: number;
  /** NPUs of the Jobs. */
  readonly jobNpus: number;
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
      jobNpus: sum(sizes),
      jobs: sizes.map((npus, index) => jobOf(phase, tenant, npus, `rehearsal-${index + 1}`)),
    };
  });
}

function npusOf({ replicas, npusPerReplica }: ServingEntry): number {
  return replicas * npusPerReplica;
}

/** NPUs of the fewest pods that make so many, each a count that the server form allows. */
function podSizes(phase: DeclaredPhase, tenant: TenantEntry, npus: number): number[] {
  const counts = serverOf(poolOf(phase, tenant)).form.podNpuCounts;
  const sizes: number[] = [];
  let left = npus;
  for (const count of [...counts].sort((a, b) => b - a)) {
    const pods = Math.floor(left / count);
    sizes.push(...Array<number>(pods).fill(count));
    left -= pods * count;
  }
  return sizes;
}

function jobOf(
  phase: DeclaredPhase,
  tenant: TenantEntry,
  npus: number,
  name: string,
): KubernetesObject {
  const { namespace, resourceName } = tenant;
  const pool = poolOf(phase, tenant);
  const [job] = exampleJobs(tenant, pool);
  const { template } = job.spec as { template: Template };
  // Long work, which goes on elsewhere when its server is lost.
  const long = { backoffLimit: 1000, activeDeadlineSeconds: undefined };
  const share = hostShare(serverOf(pool), npus);
  const limits = {
    [resourceName]: `${npus}`,
    cpu: `${share.cpus}`,
    memory: `${share.memoryGib}Gi`,
  };
  return {
    ...job,
    metadata: { name, namespace },
    spec: {
      ...(job.spec as object),
      ...long,
      template: {
        ...template,
        metadata: { ...template.metadata, labels: { [REHEARSAL_LABEL]: 'guarantee' } },
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
