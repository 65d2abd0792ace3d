import { GATEWAY_LABEL } from '../../../core/network-peers';
import type { Check } from '../../checks/check';
import { objectsOf } from '../../declared/phase';
import type { LiveCluster } from '../../live/cluster';
import { type Conditioned, conditionOf } from '../../live/conditions';
import type { KubernetesObject } from '../../manifests/render';
import type { PreflightSubject } from '../subject';

const API = 'gateway.networking.k8s.io/v1';

export const gatewayClasses: Check<PreflightSubject> = {
  id: 'AICC-PRE-013',
  level: 'error',
  title:
    'gateways of the phase have a class that something runs, and a namespace that servings admit',
  why:
    'A gateway whose class nothing runs answers nobody, and servings admit proxies only from ' +
    'namespaces with the label.',
  remedy: 'install the gateway and its class: no client reaches a model without it',
  async check({ phase, cluster }) {
    const gateways = objectsOf(phase, 'Gateway');
    const namesOf = (name: (gateway: KubernetesObject) => string) => [
      ...new Set(gateways.map(name)),
    ];
    const classes = namesOf(({ spec }) => (spec as { gatewayClassName: string }).gatewayClassName);
    const namespaces = namesOf(({ metadata }) => metadata.namespace ?? '');
    return [
      ...(await Promise.all(classes.map((name) => classProblem(cluster, name)))),
      ...(await Promise.all(namespaces.map((name) => namespaceProblem(cluster, name)))),
    ];
  },
};

async function classProblem(cluster: LiveCluster, name: string) {
  const ref = { apiVersion: API, kind: 'GatewayClass', metadata: { name } };
  const own = await cluster.get<Conditioned>(ref);
  const accepted = conditionOf(own, 'Accepted');
  if (accepted?.status === 'True') return undefined;
  const why = accepted?.message ?? 'no controller has looked at it';
  return {
    path: `GatewayClass ${name}`,
    statement: own ? `is not accepted: ${why}` : 'is not there',
  };
}

async function namespaceProblem(cluster: LiveCluster, name: string) {
  const own = await cluster.get({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  // Where it is missing, that is found already.
  if (!own || own.metadata.labels?.[GATEWAY_LABEL] === 'true') return undefined;
  return {
    path: `Namespace ${name}`,
    statement: `has no label ${GATEWAY_LABEL}=true`,
    remedy: 'label it: NetworkPolicies of servings admit proxies of such namespaces only',
  };
}

interface Route extends KubernetesObject {
  readonly spec: {
    readonly parentRefs?: readonly {
      readonly kind?: string;
      readonly name: string;
      readonly namespace?: string;
    }[];
  };
}

export const routeParents: Check<PreflightSubject> = {
  id: 'AICC-PRE-014',
  level: 'error',
  title: 'gateways that routes name and the phase does not make are there',
  why: 'The API server takes a route whose gateway is not there, and it leads nowhere.',
  remedy: 'install it or correct the gateway of the routes: no client reaches them without it',
  async check({ phase, cluster }) {
    const own = objectsOf(phase, 'Gateway').map(
      ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
    );
    const parents = (objectsOf(phase, 'HTTPRoute') as Route[]).flatMap(({ metadata, spec }) =>
      (spec.parentRefs ?? [])
        .filter(({ kind = 'Gateway' }) => kind === 'Gateway')
        .map(({ name, namespace }) => `${namespace ?? metadata.namespace}/${name}`),
    );
    const foreign = [...new Set(parents)].filter((parent) => !own.includes(parent));
    return Promise.all(
      foreign.map(async (parent) => {
        const [namespace = '', name = ''] = parent.split('/');
        const ref = { apiVersion: API, kind: 'Gateway', metadata: { name, namespace } };
        if (await cluster.get(ref)) return undefined;
        return { path: `Gateway ${parent}`, statement: 'is not there' };
      }),
    );
  },
};
