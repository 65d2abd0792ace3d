import { fromProvider } from '../../core/kubernetes/from-provider';
import type { KubernetesObject, Report } from '../../core/kubernetes/object';
import { withProviderDefaults } from '../../core/kubernetes/provider-defaults';
import { UserError } from '../errors';
import { rankOf } from './rank';

export type { KubernetesObject };

/** A Kubernetes object that a Terraform resource stands for. */
export interface RenderedObject {
  readonly stack: string;
  /** Terraform address inside the stack. */
  readonly address: string;
  readonly object: KubernetesObject;
  /** Field manager, where the resource only patches an object of somebody else. */
  readonly patchBy?: string;
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
      const result = fromProvider(type, attributes, address, report);
      if (!result) {
        report(address, 'no rule for this resource type; add its kind to core/kubernetes/kinds.ts');
        continue;
      }
      rendered.set(address, { stack, address, ...result });
      dependencies.set(address, (attributes.depends_on as string[] | undefined) ?? []);
    }
  }
  if (problems.length > 0) throw new UserError(problems);
  return inOrder(rendered, dependencies);
}

/** What the provider sends for a resource: its object, with what the provider adds. */
export function asSent(rendered: RenderedObject): RenderedObject {
  const [type = ''] = rendered.address.split('.');
  const object = withProviderDefaults(rendered.object, type) as KubernetesObject;
  return { ...rendered, object };
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
