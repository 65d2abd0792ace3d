import type { V1Node } from '@kubernetes/client-node';
import { formatNumber, serversInService, sum } from '../../../core/capacity';
import { quantity } from '../../../core/capacity/quantity';
import type { Check } from '../../checks/check';
import { few } from '../../few';
import { isReady } from '../../live/conditions';
import type { KubernetesObject } from '../../manifests/render';
import type { VerifySubject } from '../subject';

export const npusOffered: Check<VerifySubject> = {
  id: 'AICC-VER-007',
  level: 'error',
  title: 'ready nodes offer the NPUs of the servers in service',
  why: 'What tenants were sold is there as far as ready nodes offer it.',
  remedy: 'see NpusBelowDeclared in docs/runbook.md',
  async check({ phase, cluster }) {
    const nodes = await cluster.list<V1Node>('v1', 'Node');
    return phase.cluster.pools.map((pool) => {
      const hosts = new Set(pool.hosts.filter((host) => host.inService).map(({ name }) => name));
      const offered = nodes
        .filter((node) => hosts.has(node.metadata?.name ?? '') && isReady(node))
        .map((node) => ({
          name: node.metadata?.name ?? '',
          npus: Number(node.status?.allocatable?.[pool.resourceName] ?? 0),
        }));
      const declared = serversInService(pool) * pool.npusPerServer;
      const total = sum(offered.map(({ npus }) => npus));
      if (total === declared) return undefined;
      const short = [...hosts].filter(
        (name) => (offered.find((node) => node.name === name)?.npus ?? 0) !== pool.npusPerServer,
      );
      const numbers = `${formatNumber(total)} of ${formatNumber(declared)} ${pool.resourceName}`;
      return {
        path: `pool ${pool.name}`,
        statement: `${numbers} on ready nodes; look at ${few(short, 5)}`,
      };
    });
  },
};

interface Quota {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly hard: Readonly<Record<string, string>> };
  readonly status?: {
    readonly hard?: Readonly<Record<string, string>>;
    readonly used?: Readonly<Record<string, string>>;
  };
}

export const quotasCounted: Check<VerifySubject> = {
  id: 'AICC-VER-008',
  level: 'error',
  title: 'quotas are counted, and hold what servings need',
  why:
    'The API server admits by what the quota controller has counted: a ceiling that is not ' +
    'enforced yet, or pods that are missing, show there.',
  remedy: 'see the servings of the tenant: pods of them are missing',
  async check({ phase, liveOf }) {
    const quotas = (await liveOf<Quota>('ResourceQuota')).filter(
      ({ metadata }) => metadata.name === 'tenant',
    );
    return phase.cluster.tenants.map((tenant) => {
      const quota = quotas.find(({ metadata }) => metadata.namespace === tenant.namespace);
      if (!quota) return undefined;
      const key = `requests.${tenant.resourceName}`;
      const path = `ResourceQuota ${tenant.namespace}/tenant`;
      const held = sum(
        phase.cluster.servings
          .filter(({ namespace }) => namespace === tenant.namespace)
          .map(({ replicas, npusPerReplica }) => replicas * npusPerReplica),
      );
      const { hard, used } = quota.status ?? {};
      if (hard?.[key] === undefined || quantity(hard[key]) !== tenant.ceiling) {
        return {
          path,
          statement: `enforces ${hard?.[key] ?? 'nothing yet'} of ${key}, and the ceiling is ${tenant.ceiling}`,
          remedy: 'wait for the quota controller, or deploy the tenants stack again',
        };
      }
      const counted = quantity(used?.[key] ?? '0');
      if (counted >= held) return undefined;
      return { path, statement: `counts ${counted} NPUs, and servings hold ${held}` };
    });
  },
};

interface Queue extends KubernetesObject {
  readonly status?: { readonly state?: string };
}

export const queuesOpen: Check<VerifySubject> = {
  id: 'AICC-VER-009',
  level: 'error',
  title: 'queues of tenants are open',
  why: 'Volcano takes work into open queues only.',
  remedy: 'see whether the controllers of Volcano run: they open queues',
  async check({ liveOf }) {
    return (await liveOf<Queue>('Queue')).map(({ metadata: { name }, status }) => {
      const path = `Queue ${name}`;
      if (status?.state === undefined) return { level: 'warning', path, statement: 'has no state' };
      if (status.state === 'Open') return undefined;
      const remedy = `open it: \`vcctl queue operate --action open --name ${name}\``;
      return { path, statement: `is ${status.state}`, remedy };
    });
  },
};
