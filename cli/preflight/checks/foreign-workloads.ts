import type { V1Pod } from '@kubernetes/client-node';
import {
  clusterTotals,
  formatNumber,
  guaranteedNpus,
  resourceNames,
  sum,
} from '../../../core/capacity';
import type { Check } from '../../checks/check';
import { objectsOf } from '../../declared/phase';
import { npusOf } from '../../live/pods';
import type { KubernetesObject } from '../../manifests/render';
import type { PreflightSubject } from '../subject';

interface PriorityClass extends KubernetesObject {
  readonly globalDefault?: boolean;
}

export const defaultPriority: Check<PreflightSubject> = {
  id: 'AICC-PRE-026',
  level: 'error',
  title: 'no other priority class is the default',
  why: 'The API server refuses a second priority class that is the default.',
  remedy: 'set its globalDefault to false: the API server refuses a second one',
  async check({ phase, cluster }) {
    const own = objectsOf(phase, 'PriorityClass') as PriorityClass[];
    if (!own.some(({ globalDefault }) => globalDefault)) return undefined;
    const names = new Set(own.map(({ metadata }) => metadata.name));
    const there = await cluster.list<PriorityClass>('scheduling.k8s.io/v1', 'PriorityClass');
    return there
      .filter(({ metadata, globalDefault }) => globalDefault && !names.has(metadata.name))
      .map(({ metadata }) => ({
        path: `PriorityClass ${metadata.name}`,
        statement: 'is the default, and the phase has one, too',
      }));
  },
};

interface Queue extends KubernetesObject {
  readonly spec?: { readonly guarantee?: { readonly resource?: Readonly<Record<string, string>> } };
}

export const foreignQueues: Check<PreflightSubject> = {
  id: 'AICC-PRE-027',
  level: 'error',
  title: 'queues of others are guaranteed nothing that was sold',
  why:
    'Volcano accepts guarantees of queues beyond what there is and then stops scheduling ' +
    '(volcano-sh/volcano#4076, #4818): tenants would not get what they were sold.',
  remedy:
    'delete the queue or declare its owner as a tenant: Volcano takes such sums without a word',
  async check({ phase, cluster }) {
    const own = new Set(objectsOf(phase, 'Queue').map(({ metadata }) => metadata.name));
    const queues = await cluster.list<Queue>('scheduling.volcano.sh/v1beta1', 'Queue');
    return resourceNames(phase.cluster).map((name) => {
      const others = queues
        .filter(({ metadata }) => !own.has(metadata.name))
        .map(({ metadata, spec }) => ({
          queue: metadata.name,
          npus: Number(spec?.guarantee?.resource?.[name] ?? 0),
        }))
        .filter(({ npus }) => npus > 0);
      const { usableNpus } = clusterTotals(phase.cluster, name);
      const sold = guaranteedNpus(phase.cluster, name);
      const total = sold + sum(others.map(({ npus }) => npus));
      if (others.length === 0 || total <= usableNpus) return undefined;
      return {
        path: `queue ${others.map(({ queue }) => queue).join(', ')}`,
        statement: `guarantees of ${formatNumber(total)} with the ${formatNumber(sold)} that were sold, and ${formatNumber(usableNpus)} ${name} are usable`,
      };
    });
  },
};

export const foreignPods: Check<PreflightSubject> = {
  id: 'AICC-PRE-028',
  level: 'error',
  title: 'NPUs are held by pods of tenants only, placed by Volcano',
  why:
    'What another scheduler has placed holds NPUs that Volcano gives out again. What runs in ' +
    'the namespace of no tenant holds those that were sold to others.',
  remedy: 'end it or declare its owner as a tenant: its NPUs were sold to others',
  async check({ phase, cluster }) {
    const names = resourceNames(phase.cluster);
    const tenants = new Set(phase.cluster.tenants.map(({ namespace }) => namespace));
    const pods = await cluster.list<V1Pod>('v1', 'Pod', {
      fields: 'status.phase!=Succeeded,status.phase!=Failed',
    });
    return pods.map((pod) => {
      const { metadata, spec } = pod;
      if (!names.some((name) => npusOf(pod, name) > 0)) return undefined;
      const path = `pod ${metadata?.namespace}/${metadata?.name}`;
      if (spec?.schedulerName !== 'volcano') {
        return {
          path,
          statement: `holds NPUs, placed by ${spec?.schedulerName}`,
          remedy:
            'end it or start it again with schedulerName volcano: both schedulers would give the same NPUs',
        };
      }
      return tenants.has(metadata?.namespace ?? '')
        ? undefined
        : { path, statement: 'holds NPUs in a namespace of no tenant' };
    });
  },
};
