import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { App, TerraformStack, Testing } from 'cdktf';
import { type KubernetesObject, renderStack, type StackJson } from '../../cli/manifests/render';
import { setToday } from '../../constructs';
import { temporaryFolder } from './temporary-folder';

type Attributes = Record<string, unknown>;

/**
 * Synthesized output of a stack, for assertions. It always prepares and validates first: cdktf's
 * own test helper skips both, and a proof that is not run proves nothing.
 */
export class Template {
  private constructor(
    private readonly json: { resource?: Record<string, Record<string, Attributes>> },
  ) {}

  /** @throws Error when a validation of the stack fails */
  static of(stack: TerraformStack): Template {
    stack.prepareStack();
    return new Template(JSON.parse(Testing.synth(stack, true)));
  }

  /** What the construct of an id, a child of the stack, has made. */
  below(id: string): Template {
    const own = ([address]: [string, unknown]) => address.startsWith(`${id}_`);
    const resource = Object.fromEntries(
      Object.entries(this.json.resource ?? {})
        .map(([type, all]) => [type, Object.fromEntries(Object.entries(all).filter(own))] as const)
        .filter(([, all]) => Object.keys(all).length > 0),
    );
    return new Template({ resource });
  }

  /** All resources of a type, in the order of their addresses. */
  resources(type: string): Attributes[] {
    return Object.values(this.json.resource?.[type] ?? {});
  }

  /** The only resource of a type. @throws Error when there are none or several */
  only(type: string): Attributes {
    const found = this.resources(type);
    if (found.length !== 1 || !found[0])
      throw new Error(`${found.length} resources of ${type}, not 1`);
    return found[0];
  }

  /** Number of resources by type. */
  counts(): Record<string, number> {
    return Object.fromEntries(
      Object.entries(this.json.resource ?? {}).map(([type, all]) => [
        type,
        Object.keys(all).length,
      ]),
    );
  }

  /** The Kubernetes objects that the resources stand for, in the order of their application. */
  objects<T = KubernetesObject>(): T[] {
    return renderStack('test', this.json as StackJson).map(({ object }) => object as unknown as T);
  }

  /** The resources alone: no provider, no backend, no paths. For small snapshots. */
  snapshot(): unknown {
    return this.json.resource ?? {};
  }
}

/**
 * A stack `test` in an app of its own, with the provider that validations ask for.
 * @param today day on which proofs are checked
 */
export function testStack(today?: string): TerraformStack {
  const app = Testing.stubVersion(new App({ outdir: temporaryFolder() }));
  if (today) setToday(app, today);
  const stack = new TerraformStack(app, 'test');
  new KubernetesProvider(stack, 'kubernetes', {
    configPath: '~/.kube/config',
    configContext: 'test',
  });
  return stack;
}
