import { UserError } from '../errors';
import { type Converted, convertObject, type Report, resolveText } from './convert';
import { kindOf, rankOf } from './kinds';

export type KubernetesObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
} & Record<string, unknown>;

/** A Kubernetes object that a Terraform resource stands for. */
export interface RenderedObject {
  readonly stack: string;
  /** Terraform address inside the stack. */
  readonly address: string;
  readonly object: KubernetesObject;
  /** Field manager, where the resource only patches an object of somebody else. */
  readonly patchBy?: string;
  /** Type of the object in `@kubernetes/client-node`, where the resource is a typed one. */
  readonly model?: string;
}

/** Terraform JSON of a stack, as far as it is read here. */
export interface StackJson {
  readonly provider?: {
    readonly kubernetes?: readonly {
      readonly config_path?: string;
      readonly config_context?: string;
    }[];
  };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
}

type Attributes = Readonly<Record<string, unknown>>;

/** Field manager of the provider, where a resource names none. */
const DEFAULT_MANAGER = 'Terraform';

/** Arguments that tell Terraform something and are not part of the object. */
export const TERRAFORM_ONLY = new Set([
  '//',
  'count',
  'depends_on',
  'for_each',
  'lifecycle',
  'provider',
  'timeouts',
  'wait_for_completion',
  'wait_for_default_service_account',
  'wait_for_load_balancer',
  'wait_for_rollout',
  'wait_for_service_account_token',
  'wait_until_bound',
]);

/**
 * The Kubernetes objects of a stack in the order of application: after what they depend on, and
 * namespaces and policies before workloads.
 *
 * @throws UserError with every resource type that is unknown, every argument without a field and
 *   every token that is not resolved
 */
export function renderStack(stack: string, json: StackJson): RenderedObject[] {
  const problems: string[] = [];
  const rendered = new Map<string, RenderedObject>();
  const dependencies = new Map<string, string[]>();
  for (const [type, resources] of Object.entries(json.resource ?? {})) {
    for (const [id, attributes] of Object.entries(resources)) {
      const address = `${type}.${id}`;
      const report: Report = (path, message) => problems.push(`${stack}: ${path}: ${message}`);
      const result = renderResource(type, attributes, address, report);
      if (!result) continue;
      rendered.set(address, { stack, address, ...result });
      dependencies.set(address, (attributes.depends_on as string[] | undefined) ?? []);
    }
  }
  if (problems.length > 0) throw new UserError(problems);
  return inOrder(rendered, dependencies);
}

/**
 * The object that one resource stands for; what it cannot say is reported.
 * @returns undefined for a type that is not known
 */
export function renderResource(
  type: string,
  attributes: Attributes,
  address: string,
  report: Report,
  earlier?: Converted,
): Pick<RenderedObject, 'object' | 'patchBy' | 'model'> | undefined {
  const own = Object.fromEntries(
    Object.entries(attributes).filter(([key]) => !TERRAFORM_ONLY.has(key)),
  );
  if (type === 'kubernetes_manifest') return renderManifest(own, address, report);
  if (type === 'kubernetes_labels') return renderLabels(own, address, report);
  if (type === 'kubernetes_default_service_account_v1')
    return renderDefaultAccount(own, address, report);
  const known = kindOf(type);
  if (!known) {
    report(address, 'no rule for this resource type; add its kind to cli/manifests/kinds.ts');
    return undefined;
  }
  const { apiVersion, kind, model } = known;
  const object = convertObject(own, model, address, report, earlier);
  return { object: { apiVersion, kind, ...object } as KubernetesObject, model };
}

function renderManifest(own: Attributes, address: string, report: Report) {
  for (const key of Object.keys(own).filter((name) => name !== 'manifest')) {
    // `field_manager`, `computed_fields` and `wait` say how Terraform applies it.
    if (!['field_manager', 'computed_fields', 'wait'].includes(key)) {
      report(`${address}.${key}`, 'unknown argument of kubernetes_manifest');
    }
  }
  return { object: resolveText(own.manifest, `${address}.manifest`, report) as KubernetesObject };
}

/** Kubernetes makes this account with every namespace; the resource sets what is on it. */
function renderDefaultAccount(own: Attributes, address: string, report: Report) {
  const { metadata, ...object } = convertObject(own, 'V1ServiceAccount', address, report);
  const named = { ...(metadata as object), name: 'default' };
  return {
    object: {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: named,
      ...object,
    } as unknown as KubernetesObject,
    patchBy: DEFAULT_MANAGER,
    model: 'V1ServiceAccount',
  };
}

function renderLabels(own: Attributes, address: string, report: Report) {
  const { api_version, kind, metadata, labels, field_manager, force: _, ...unknown } = own;
  for (const key of Object.keys(unknown)) {
    report(`${address}.${key}`, 'unknown argument of kubernetes_labels');
  }
  const [block] = [metadata].flat() as { name: string; namespace?: string }[];
  const object = { apiVersion: api_version, kind, metadata: { ...block, labels } };
  return {
    object: resolveText(object, address, report) as KubernetesObject,
    patchBy: (field_manager as string | undefined) ?? DEFAULT_MANAGER,
  };
}

/** Topological, and stable: of what is ready, the lowest rank first, then as it stands in the stack. */
function inOrder(
  rendered: ReadonlyMap<string, RenderedObject>,
  dependencies: ReadonlyMap<string, readonly string[]>,
): RenderedObject[] {
  const byRank = [...rendered.values()].sort(
    (a, b) => rankOf(a.object.kind) - rankOf(b.object.kind),
  );
  const done = new Set<string>();
  const order: RenderedObject[] = [];
  const visit = (entry: RenderedObject): void => {
    if (done.has(entry.address)) return;
    done.add(entry.address);
    for (const address of dependencies.get(entry.address) ?? []) {
      const needed = rendered.get(address);
      if (needed) visit(needed);
    }
    order.push(entry);
  };
  byRank.forEach(visit);
  return order;
}
