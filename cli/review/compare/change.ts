import type { KubernetesObject } from '../../manifests/render';

/** What happens to an attribute in the report: everything that changed is one of these. */
export type Treatment = 'shown' | 'folded' | 'masked';

/** Why an attribute is counted and not shown by itself. */
export type FoldReason =
  | 'label'
  | 'annotation'
  | 'order'
  | 'same value'
  | 'order of apply'
  | 'known after apply'
  | 'set by the cluster'
  | 'whole resource';

/** One attribute of a resource that is not what it was. */
export interface AttributeChange {
  /** In the words of Kubernetes, list elements by name: `spec.template.spec.containers[vllm].image`. */
  readonly path: string;
  /** @default - it was not there */
  readonly before?: unknown;
  /** @default - it is not there any more */
  readonly after?: unknown;
  readonly treatment: Treatment;
  /** @default - it is not folded */
  readonly fold?: FoldReason;
  /** Whether Terraform replaces the resource for it. @default false */
  readonly replaces?: boolean;
  /** What of it only one input says. @default - all that there are */
  readonly only?: 'code' | 'plan';
}

/** `update` in place, `replace` = destroy and create; `move`: only the address is another. */
export type Action = 'create' | 'update' | 'replace' | 'destroy' | 'move' | 'forget' | 'import';

/** What a resource is called: the Kubernetes object that it stands for, or its Terraform type. */
export interface ResourceName {
  /** `Deployment`, `Labels of Node`, or the Terraform type. */
  readonly kind: string;
  readonly name: string;
  /** @default - it has none */
  readonly namespace?: string;
}

/** A resource that changes. */
export interface ResourceChange extends ResourceName {
  readonly stack: string;
  /** Terraform address in the stack. */
  readonly address: string;
  /** Construct path, the stack first; the address where no output tells it. */
  readonly path: string;
  readonly action: Action;
  /** Path of the largest construct that comes, or goes, as a whole with it. @default - it is alone */
  readonly whole?: string;
  /** Why it is replaced or destroyed, and what else to know. */
  readonly reasons: readonly string[];
  readonly attributes: readonly AttributeChange[];
  /** The object that it stood for, sensitive values masked. @default - none, or unknown */
  readonly before?: KubernetesObject;
  /** The object that it stands for, sensitive values masked. @default - none, or unknown */
  readonly after?: KubernetesObject;
  /** The input that it comes from. */
  readonly source: 'code' | 'plan' | 'both';
}

/** Whether nothing of a resource changes that is worth a look. */
export function isQuiet({ action, attributes }: ResourceChange): boolean {
  return (
    (action === 'update' || action === 'move') &&
    attributes.every((attribute) => attribute.treatment === 'folded')
  );
}

export function isDestructive({ action }: Pick<ResourceChange, 'action'>): boolean {
  return action === 'destroy' || action === 'replace';
}
