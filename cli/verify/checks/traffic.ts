import type { Check } from '../../checks/check';
import type { Said } from '../../findings';
import { describeObject } from '../../kubernetes/describe';
import { type Condition, type Conditioned, conditionOf } from '../../live/conditions';
import type { KubernetesObject } from '../../manifests/render';
import type { VerifySubject } from '../subject';

interface Route extends KubernetesObject {
  readonly status?: {
    readonly parents?: readonly { readonly conditions?: readonly Condition[] }[];
  };
}

export const routesAccepted: Check<VerifySubject> = {
  id: 'AICC-VER-010',
  level: 'error',
  title: 'gateways are programmed and routes accepted',
  why:
    'Where a gateway is not programmed, or a route not accepted, clients get no answer while ' +
    'all pods run.',
  remedy:
    'see the conditions of the object and the log of the gateway: clients get no answer from the model',
  async check({ liveOf }) {
    const gateways = (await liveOf<KubernetesObject & Conditioned>('Gateway')).map((gateway) =>
      about(gateway, unmet(gateway, ['Accepted', 'Programmed'])),
    );
    const routes = (await liveOf<Route>('HTTPRoute')).map((route) => {
      const parents = (route.status?.parents ?? []).map((status) => ({ status }));
      if (parents.length === 0) return about(route, 'no gateway has looked at it');
      const reasons = parents.map((parent) => unmet(parent, ['Accepted', 'ResolvedRefs']));
      return about(
        route,
        reasons.find((reason) => reason !== undefined),
      );
    });
    return [gateways, routes];
  },
};

function about(object: KubernetesObject, statement: string | undefined): Said | undefined {
  return statement === undefined ? undefined : { path: describeObject(object), statement };
}

function unmet(object: Conditioned, types: readonly string[]): string | undefined {
  return types
    .filter((type) => conditionOf(object, type)?.status !== 'True')
    .map((type) => {
      const { status = 'not told', message } = conditionOf(object, type) ?? {};
      return `${type} is ${status}${message ? `: ${message}` : ''}`;
    })[0];
}

interface Policy extends KubernetesObject {
  readonly status?: {
    readonly typeChecking?: {
      readonly expressionWarnings?: readonly {
        readonly fieldRef: string;
        readonly warning: string;
      }[];
    };
  };
}

export const policiesTyped: Check<VerifySubject> = {
  id: 'AICC-VER-011',
  level: 'error',
  title: 'the API server understands every expression of the admission policies',
  why:
    'An expression that the API server does not understand fails when it is evaluated, and the ' +
    'policy then refuses every request.',
  remedy: 'update this package: a field that the policy reads is not in this release of Kubernetes',
  async check({ liveOf }) {
    return (await liveOf<Policy>('ValidatingAdmissionPolicy')).map((policy) =>
      (policy.status?.typeChecking?.expressionWarnings ?? []).map(({ fieldRef, warning }) => ({
        path: describeObject(policy),
        statement: `${fieldRef}: ${warning.split('\n')[0]}`,
      })),
    );
  },
};
