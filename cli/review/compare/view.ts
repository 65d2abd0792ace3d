import { fromProvider } from '../../../core/kubernetes/from-provider';
import { TERRAFORM_ONLY } from '../../../core/kubernetes/kinds';
import type { KubernetesObject } from '../../../core/kubernetes/object';
import type { ResourceName } from './change';
import { maskTree, type Secrets } from './secrets';

export type Attributes = Readonly<Record<string, unknown>>;

/** A resource as it is compared and shown. */
export interface ResourceView extends ResourceName {
  /** @default - it stands for no Kubernetes object that is known */
  readonly object?: KubernetesObject;
  /** What is compared: the object, or the attributes as they are; arguments for Terraform beside it. */
  readonly tree: Attributes;
  /** Whether the tree is the object. */
  readonly whole: boolean;
}

/** Patches of objects of somebody else, by what they change. */
const PATCHES: Readonly<Record<string, string>> = {
  kubernetes_labels: 'Labels of ',
  kubernetes_annotations: 'Annotations of ',
};

/** Arguments beside those of every resource that are no part of the object. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  kubernetes_manifest: ['field_manager', 'computed_fields', 'wait'],
  kubernetes_labels: ['field_manager', 'force'],
};

/**
 * The Kubernetes object that a resource stands for, and what Terraform is told beside it. Attributes
 * that do not fit a Kubernetes type are taken as they are: nothing is dropped.
 */
export function viewOf(type: string, attributes: Attributes, earlier?: Earlier): ResourceView {
  const rendered = renderLeniently(type, attributes, earlier);
  const object = rendered?.object;
  const whole = rendered?.whole === true && object?.metadata !== undefined;
  const tree = whole ? { ...object, ...terraformOf(type, attributes) } : withoutNotes(attributes);
  if (!object?.metadata) return { kind: type, name: '', tree, whole };
  const { name, namespace } = object.metadata;
  return {
    kind: `${PATCHES[type] ?? ''}${object.kind}`,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    object,
    tree,
    whole,
  };
}

/** What cdktf notes for itself is no attribute. */
function withoutNotes({ '//': _, ...attributes }: Attributes): Attributes {
  return attributes;
}

/** What Terraform is told beside the object. */
function terraformOf(type: string, attributes: Attributes): { terraform?: Attributes } {
  const beside: Record<string, unknown> = {};
  for (const key of Object.keys(attributes)) {
    if (key === '//') continue;
    if (TERRAFORM_ONLY.has(key) || BESIDE[type]?.includes(key)) beside[key] = attributes[key];
  }
  return Object.keys(beside).length > 0 ? { terraform: beside } : {};
}

/** The same without what is sensitive. */
export function maskView(type: string, view: ResourceView, secrets: Secrets): ResourceView {
  const { object, whole } = view;
  const tree = maskTree(type, view.tree, secrets);
  if (!object) return { ...view, tree };
  const masked = whole ? (tree as KubernetesObject) : maskTree(type, object, secrets);
  return { ...view, tree, object: masked };
}

/** A resource of the same type as it was: what it shares with a later one is rendered once. */
export interface Earlier {
  readonly attributes: Attributes;
  readonly view: ResourceView;
}

/** @returns `whole`: whether the object says everything that the attributes say */
function renderLeniently(type: string, attributes: Attributes, earlier?: Earlier) {
  let whole = true;
  const report = (_: string, message: string) => {
    // A reference is part of the text: `${kubernetes_namespace_v1.a.id}`.
    if (!message.startsWith('unresolved token')) whole = false;
  };
  const { object, whole: clean } = earlier?.view ?? {};
  const like = earlier && object && clean ? { from: earlier.attributes, to: object } : undefined;
  const provided = fromProvider(type, attributes, '', report, like);
  return provided && { object: provided.object, whole };
}
