import type { Output, SynthesizedResource } from '../../../cli/review/input/output';
import { type Review, review } from '../../../cli/review/review';
import type { CapacityReport } from '../../../constructs';

export type KubernetesLike = {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
};

export const STACK = 'phase-1-tenants';

/** Attributes of a resource of the provider by address, `kubernetes_secret_v1.a`. */
export type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** An output of one stack. */
export function outputOf(name: string, resources: Resources, capacity?: CapacityReport): Output {
  const entries = Object.entries(resources).map(
    ([address, attributes]): [string, SynthesizedResource] => {
      const [type = '', id = ''] = address.split('.');
      const path = `${STACK}/${id.replaceAll('_', '/')}`;
      return [address, { stack: STACK, type, address, path, attributes }];
    },
  );
  const stack = { name: STACK, resources: new Map(entries), moved: new Map<string, string>() };
  return { name, stacks: new Map([[STACK, stack]]), ...(capacity ? { capacity } : {}) };
}

/** Objects as resources of `kubernetes_manifest`. */
export function manifests(objects: readonly KubernetesLike[]): Resources {
  return Object.fromEntries(
    objects.map((object) => {
      const { name, namespace = 'cluster' } = object.metadata;
      const id = `${namespace}_${object.kind}_${name}`;
      return [`kubernetes_manifest.${id}`, { manifest: { apiVersion: 'v1', ...object } }];
    }),
  );
}

/** Reviews two sets of resources. */
export function reviewOf(before: Resources, after: Resources): Review {
  return review({ base: outputOf('base', before), head: outputOf('head', after), plans: [] });
}
