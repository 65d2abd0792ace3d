import type { V1LabelSelector } from '@kubernetes/client-node';
import type { Check, Subject } from '../../checks/check';
import { objectsOf } from '../../declared/phase';
import { describeObject } from '../../kubernetes/describe';
import type { KubernetesObject } from '../../manifests/render';
import { selectsLabels } from '../selector';

/** A Prometheus of the operator, as far as it says what it selects. */
interface Prometheus extends KubernetesObject {
  readonly spec: {
    readonly ruleSelector?: V1LabelSelector;
    readonly ruleNamespaceSelector?: V1LabelSelector;
    readonly podMonitorSelector?: V1LabelSelector;
    readonly podMonitorNamespaceSelector?: V1LabelSelector;
  };
}

const SELECTORS = {
  PrometheusRule: ['ruleSelector', 'ruleNamespaceSelector'],
  PodMonitor: ['podMonitorSelector', 'podMonitorNamespaceSelector'],
} as const;

export const prometheusSelects: Check<Subject> = {
  id: 'AICC-PRE-012',
  level: 'error',
  title: 'a Prometheus selects the rules and monitors of the phase',
  why: 'Rules and monitors that no Prometheus selects are there and do nothing: no alert ever fires.',
  remedy:
    'set monitoring.labels and monitoring.namespace of the cluster to what the Prometheus selects, or the other way round',
  async check({ phase, cluster }) {
    const kinds = Object.keys(SELECTORS) as (keyof typeof SELECTORS)[];
    const own = kinds.flatMap((kind) => objectsOf(phase, kind));
    if (own.length === 0) return undefined;
    const servers = await cluster.list<Prometheus>('monitoring.coreos.com/v1', 'Prometheus');
    const namespaces = await cluster.list('v1', 'Namespace');
    const labelsOf = (name: string | undefined) =>
      namespaces.find(({ metadata }) => metadata.name === name)?.metadata.labels;
    return own
      .filter(({ kind, metadata: { namespace, labels = {} } }) => {
        const [selector, namespaceSelector] = SELECTORS[kind as keyof typeof SELECTORS];
        return !servers.some(({ spec, metadata }) => {
          const inNamespace = spec[namespaceSelector]
            ? selectsLabels(spec[namespaceSelector], labelsOf(namespace) ?? {})
            : // Without a selector of namespaces it looks in its own.
              metadata.namespace === namespace;
          return inNamespace && selectsLabels(spec[selector], labels);
        });
      })
      .map((object) => ({
        path: describeObject(object),
        statement: servers.length > 0 ? 'no Prometheus selects it' : 'there is no Prometheus',
      }));
  },
};
