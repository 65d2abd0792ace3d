import { containersOf, type Workload } from '../../../kubernetes/workloads';
import type { ObjectChange } from '../../compare/objects';
import type { Output } from '../../input/output';

/** Image of a container of a workload that it did not have before. */
export interface NewImage {
  readonly path: string;
  readonly image: string;
  readonly workload: string;
}

/** Images that a change brings. */
export function newImages({ change, before, after }: ObjectChange<Workload>): NewImage[] {
  const images = (workload: Workload | undefined) =>
    Object.values(workload?.templates ?? {})
      .flatMap(containersOf)
      .map(({ image = '' }) => image)
      .filter((image) => image !== '');
  const old = new Set(images(before));
  const added = new Set(images(after).filter((image) => !old.has(image)));
  const workload = `${change.namespace}/${change.name}`;
  return [...added].map((image) => ({ path: change.path, image, workload }));
}

/** `quay.io/ascend` of `quay.io/ascend/vllm-ascend:v1`: who publishes it. */
export function registryOf(image: string): string {
  const at = image.lastIndexOf('/');
  return at < 0 ? 'docker.io/library' : image.slice(0, at);
}

const RUNS_PODS = /_(deployment|stateful_set|daemon_set|job|manifest)(_|$)/;

/** Registries that an output has images from. */
export function knownRegistries({ stacks }: Output): Set<string> {
  const known = new Set<string>();
  for (const { resources } of stacks.values()) {
    for (const { type, attributes } of resources.values()) {
      if (RUNS_PODS.test(type)) collect(attributes, known);
    }
  }
  return known;
}

function collect(value: object, known: Set<string>): void {
  for (const [key, item] of Object.entries(value)) {
    if (typeof item === 'object' && item !== null) collect(item, known);
    else if (key === 'image' && typeof item === 'string') known.add(registryOf(item));
  }
}
