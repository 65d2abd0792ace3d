import type { Finding } from '../../../core/rules';
import type { Check } from '../../checks/check';
import { describeObject } from '../../kubernetes/describe';
import type { KubernetesObject } from '../../manifests/render';
import type { VerifySubject } from '../subject';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message?: string;
}

interface Route extends KubernetesObject {
  readonly status?: {
    readonly parents?: readonly { readonly conditions?: readonly Condition[] }[];
  };
}

interface Gateway extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

export const routesAccepted: Check<VerifySubject> = {
  id: 'AICC-VER-010',
  level: 'error',
  title: 'gateways are programmed and routes accepted',
  why:
    'Where a gateway is not programmed, or a route not accepted, clients get no answer while ' +
    'all pods run.',
  async check({ liveOf }) {
    const found: Finding[] = [];
    for (const gateway of await liveOf<Gateway>('Gateway')) {
      const why = unmet(gateway.status?.conditions, ['Accepted', 'Programmed']);
      if (why) found.push({ path: describeObject(gateway), statement: why, remedy: REMEDY });
    }
    for (const route of await liveOf<Route>('HTTPRoute')) {
      const parents = route.status?.parents ?? [];
      const why =
        parents.length === 0
          ? 'no gateway has looked at it'
          : parents
              .map(({ conditions }) => unmet(conditions, ['Accepted', 'ResolvedRefs']))
              .find((reason) => reason !== undefined);
      if (why) found.push({ path: describeObject(route), statement: why, remedy: REMEDY });
    }
    return found;
  },
};

const REMEDY =
  'see the conditions of the object and the log of the gateway: clients get no answer from the model';

function unmet(
  conditions: readonly Condition[] = [],
  types: readonly string[],
): string | undefined {
  for (const type of types) {
    const condition = conditions.find((entry) => entry.type === type);
    if (condition?.status !== 'True')
      return `${type} is ${condition?.status ?? 'not told'}${condition?.message ? `: ${condition.message}` : ''}`;
  }
  return undefined;
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
  async check({ liveOf }) {
    return (await liveOf<Policy>('ValidatingAdmissionPolicy')).flatMap((policy) =>
      (policy.status?.typeChecking?.expressionWarnings ?? []).map(({ fieldRef, warning }) => ({
        path: describeObject(policy),
        statement: `${fieldRef}: ${warning.split('\n')[0]}`,
        remedy:
          'update this package: a field that the policy reads is not in this release of Kubernetes',
      })),
    );
  },
};
