import { GATEWAY_LABEL } from '../../../core/network-peers';
import type { Finding } from '../../../core/rules';
import type { Check } from '../../checks/check';
import { objectsOf } from '../../declared/phase';
import type { KubernetesObject } from '../../manifests/render';
import type { PreflightSubject } from '../subject';

const API = 'gateway.networking.k8s.io/v1';

interface Conditions {
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
  };
}

export const gatewayClasses: Check<PreflightSubject> = {
  id: 'AICC-PRE-013',
  level: 'error',
  title:
    'gateways of the phase have a class that something runs, and a namespace that servings admit',
  why:
    'A gateway whose class nothing runs answers nobody, and servings admit proxies only from ' +
    'namespaces with the label.',
  async check({ phase, cluster }) {
    const gateways = objectsOf(phase, 'Gateway');
    const found: Finding[] = [];
    const classes = gateways.map(
      ({ spec }) => (spec as { gatewayClassName: string }).gatewayClassName,
    );
    for (const name of new Set(classes)) {
      const own = await cluster.get<Conditions>({
        apiVersion: API,
        kind: 'GatewayClass',
        metadata: { name },
      });
      const accepted = own?.status?.conditions?.find(({ type }) => type === 'Accepted');
      if (accepted?.status === 'True') continue;
      found.push({
        path: `GatewayClass ${name}`,
        statement: own
          ? `is not accepted: ${accepted?.message ?? 'no controller has looked at it'}`
          : 'is not there',
        remedy: 'install the gateway and its class: no client reaches a model without it',
      });
    }
    for (const name of new Set(gateways.map(({ metadata }) => metadata.namespace ?? ''))) {
      const own = await cluster.get({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
      // Where it is missing, that is found already.
      if (
        !own ||
        (own.metadata as { labels?: Record<string, string> }).labels?.[GATEWAY_LABEL] === 'true'
      )
        continue;
      found.push({
        path: `Namespace ${name}`,
        statement: `has no label ${GATEWAY_LABEL}=true`,
        remedy: 'label it: NetworkPolicies of servings admit proxies of such namespaces only',
      });
    }
    return found;
  },
};

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
  async check({ phase, cluster }) {
    const own = objectsOf(phase, 'Gateway').map(
      ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
    );
    const parents = new Set(
      (objectsOf(phase, 'HTTPRoute') as Route[]).flatMap(({ metadata, spec }) =>
        (spec.parentRefs ?? [])
          .filter(({ kind = 'Gateway' }) => kind === 'Gateway')
          .map(({ name, namespace }) => `${namespace ?? metadata.namespace}/${name}`),
      ),
    );
    const found: Finding[] = [];
    for (const parent of parents) {
      if (own.includes(parent)) continue;
      const [namespace = '', name = ''] = parent.split('/');
      const ref = { apiVersion: API, kind: 'Gateway', metadata: { name, namespace } };
      if (await cluster.get(ref)) continue;
      found.push({
        path: `Gateway ${parent}`,
        statement: 'is not there',
        remedy:
          'install it or correct the gateway of the routes: no client reaches them without it',
      });
    }
    return found;
  },
};
