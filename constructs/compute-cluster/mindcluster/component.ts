import type { Construct } from 'constructs';
import {
  type ComponentEntry,
  quantity,
  quantityGib,
  sum,
  type Toleration,
} from '../../../core/capacity';

/** What every component is given. */
export interface ComponentProps {
  /** Image with its tag. */
  readonly image: string;
  /** Extended resource names of the cluster's NPUs: taints of NPU servers are called after them. */
  readonly resourceNames: readonly string[];
  /** Told what the component's pods ask for, so that the cluster can count them. */
  readonly report: (entry: ComponentEntry) => void;
}

interface Requesting {
  readonly resources: { readonly requests: { readonly cpu: string; readonly memory: string } };
}

/** What is counted of a component's pod: the parts of its spec that decide where it fits. */
export interface CountedPod {
  readonly name: string;
  /** @default - one on every server that it selects */
  readonly replicas?: number;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly toleration: readonly Toleration[];
  readonly container: readonly Requesting[];
  readonly initContainer: readonly Requesting[];
}

/** A pod asks for the sum of its containers, or for its largest init container where that is more. */
export function componentEntry(scope: Construct, pod: CountedPod): ComponentEntry {
  const asked = (amount: (one: Requesting) => number) =>
    Math.max(sum(pod.container.map(amount)), ...pod.initContainer.map(amount));
  return {
    path: scope.node.path,
    name: pod.name,
    ...(pod.replicas === undefined ? {} : { replicas: pod.replicas }),
    podCpus: asked(({ resources }) => quantity(resources.requests.cpu)),
    podMemoryGib: asked(({ resources }) => quantityGib(resources.requests.memory)),
    nodeSelector: pod.nodeSelector,
    tolerations: pod.toleration,
  };
}
