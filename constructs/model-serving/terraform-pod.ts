import type { DeploymentV1SpecTemplate } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { V1PodTemplateSpec } from '@kubernetes/client-node';
import { escapeTemplate } from '../custom-resource';

/** Lists that the provider calls otherwise than Kubernetes: they are repeated blocks there. */
const BLOCKS: Readonly<Record<string, string>> = {
  containers: 'container',
  initContainers: 'initContainer',
  ports: 'port',
  tolerations: 'toleration',
  topologySpreadConstraints: 'topologySpreadConstraint',
  volumeMounts: 'volumeMount',
  volumes: 'volume',
};

/** Single objects that the provider takes as a list of one. */
const LISTS: ReadonlySet<string> = new Set(['labelSelector', 'preStop']);

/** Numbers that the provider takes as text. */
const TEXTS: ReadonlySet<string> = new Set(['tolerationSeconds', 'runAsUser', 'runAsGroup']);

/** Maps whose keys are data, not names. */
const DATA: ReadonlySet<string> = new Set([
  'annotations',
  'labels',
  'limits',
  'matchLabels',
  'nodeSelector',
  'requests',
]);

/** A pod as typed resources of the provider take it, from a pod as Kubernetes has it. */
export function terraformPod(template: V1PodTemplateSpec): DeploymentV1SpecTemplate {
  return converted(template) as unknown as DeploymentV1SpecTemplate;
}

function converted(value: unknown, isData = false): unknown {
  if (typeof value === 'string') return escapeTemplate(value);
  if (Array.isArray(value)) return value.map((item) => converted(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => {
        if (isData) return [name, converted(item)];
        const inside = converted(item, DATA.has(name));
        if (LISTS.has(name)) return [name, [inside]];
        return [BLOCKS[name] ?? name, TEXTS.has(name) ? `${inside}` : inside];
      }),
  );
}
