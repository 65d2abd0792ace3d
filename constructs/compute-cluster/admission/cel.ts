/** Pieces of CEL and match rules that several policies share. */
import type { V1NamedRuleWithOperations } from '@kubernetes/client-node';

type Root = 'object' | 'oldObject';
type Operation = 'CREATE' | 'UPDATE' | 'DELETE';

/** Fields of a pod's spec that hold containers. */
export const CONTAINER_LISTS = ['containers', 'initContainers', 'ephemeralContainers'] as const;

function rule(group: string, version: string, resource: string, operations: Operation[]) {
  return {
    apiGroups: [group],
    apiVersions: [version],
    operations,
    resources: [resource],
    scope: 'Namespaced',
  };
}

export const POD_CREATION: V1NamedRuleWithOperations = rule('', 'v1', 'pods', ['CREATE']);
export const POD_UPDATE: V1NamedRuleWithOperations = rule('', 'v1', 'pods', ['UPDATE']);

/** Ephemeral containers come by this subresource only; its object is the whole pod. */
export const EPHEMERAL_CONTAINERS: V1NamedRuleWithOperations = rule(
  '',
  'v1',
  'pods/ephemeralcontainers',
  ['UPDATE'],
);

export const SERVICES: V1NamedRuleWithOperations = rule('', 'v1', 'services', ['CREATE', 'UPDATE']);

export const NAMESPACE_DELETION: V1NamedRuleWithOperations = {
  ...rule('', 'v1', 'namespaces', ['DELETE']),
  scope: 'Cluster',
};

/**
 * Objects from which the Volcano scheduler takes queue and priority: it reads them from the PodGroup
 * alone (volcano-sh/volcano v1.9.0–v1.15.0 `pkg/scheduler/api/job_info.go` `SetPodGroup`,
 * `pkg/scheduler/cache/cache.go` `Snapshot`), whoever made it: a tenant, the controller of a Volcano
 * Job or the Ascend Operator. Volcano Jobs are looked at too, so that their author gets the answer.
 */
export const VOLCANO_OBJECTS: readonly V1NamedRuleWithOperations[] = [
  rule('scheduling.volcano.sh', 'v1beta1', 'podgroups', ['CREATE', 'UPDATE']),
  rule('batch.volcano.sh', 'v1alpha1', 'jobs', ['CREATE', 'UPDATE']),
];

/** A CEL string. JSON's escapes are among those of CEL. */
export function text(value: string): string {
  return JSON.stringify(value);
}

/** A CEL list of strings. */
export function textList(values: readonly string[]): string {
  return `[${values.map(text).join(', ')}]`;
}

/** A list in the spec of a pod, empty where the pod has none. */
export function podList(root: Root, field: string): string {
  return `${root}.spec.?${field}.orValue([])`;
}

/**
 * Limit of a container on a resource, a quantity as text. An extended resource cannot do without
 * one. `dyn`: the API server's type check leaves out fields that hold quantities.
 * @param name CEL of the resource's name
 * @param container variable of the container
 */
export function limit(name: string, container = 'c'): string {
  return `dyn(${container}).?resources.?limits[?${name}].orValue("0")`;
}

/** Whether a new pod asks for NPUs: any of its containers has a limit on one of the names. */
export function asksForNpus(names: readonly string[]): string {
  return ['containers', 'initContainers']
    .map(
      (field) =>
        `${podList('object', field)}.exists(c, ${textList(names)}.exists(n, ${limit('n')} != "0"))`,
    )
    .join(' || ');
}

/** Names of the containers that a pod has already, as `variables.oldNames`: they are not looked at again. */
export function oldNames(): { name: string; expression: string } {
  return {
    name: 'oldNames',
    expression: `request.operation == "UPDATE" ? ${eachContainerList('oldObject', (list) => `${list}.map(c, c.name)`)} : []`,
  };
}

/** What is said of each new container that a condition holds for. */
export function newContainers(condition: string, description: string): string {
  return eachContainerList(
    'object',
    (list) =>
      `${list}.filter(c, !(c.name in variables.oldNames) && ${condition}).map(c, ${description})`,
  );
}

/**
 * Joins what an expression makes of each list of containers. The lists differ in type, so that they
 * cannot be joined themselves without losing the type check.
 */
export function eachContainerList(root: Root, expression: (list: string) => string): string {
  return CONTAINER_LISTS.map((field) => expression(podList(root, field))).join(' + ');
}

/** Images of containers and image volumes that a request brings, as `variables.newImages`. */
export function newImages(): { name: string; expression: string }[] {
  return [
    {
      name: 'oldImages',
      expression: `request.operation == "UPDATE" ? ${images('oldObject')} : []`,
    },
    {
      name: 'newImages',
      expression: `(${images('object')}).filter(i, !(i in variables.oldImages))`,
    },
  ];
}

function images(root: Root): string {
  const ofContainers = eachContainerList(root, (list) => `${list}.map(c, c.?image.orValue(""))`);
  const ofVolumes = `${podList(root, 'volumes')}.filter(v, has(v.image)).map(v, v.image.?reference.orValue(""))`;
  return `${ofContainers} + ${ofVolumes}`;
}

/** Annotation of the request's namespace, `""` without it. */
export function annotation(key: string): string {
  return `namespaceObject.metadata.?annotations[?${text(key)}].orValue("")`;
}

/** Whether the request's namespace has an annotation. */
export function isAnnotated(key: string): string {
  return `${text(key)} in namespaceObject.metadata.?annotations.orValue({})`;
}

/** The parts of a text with commas between them. */
export function commaSeparated(expression: string): string {
  return `${expression}.split(",").map(p, p.trim()).filter(p, p != "")`;
}
