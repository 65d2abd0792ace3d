import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import type { Construct } from 'constructs';
import { type ComponentEntry, quantity, quantityGib, sum } from '../../../core/capacity';

/** What every component is given. */
export interface ComponentProps {
  /** Image with its tag. */
  readonly image: string;
  /** Extended resource names of the cluster's NPUs: taints of NPU servers are called after them. */
  readonly resourceNames: readonly string[];
  /** Told what the component's pods ask for, so that the cluster can count them. */
  readonly report: (entry: ComponentEntry) => void;
}

/**
 * What is counted of a component's pods. A pod asks for the sum of its containers, or for its largest init container
 * where that is more.
 * @param replicas undefined for one on every server that it selects
 */
export function componentEntry(
  scope: Construct,
  name: string,
  { containers, initContainers = [], nodeSelector = {}, tolerations = [] }: V1PodSpec,
  replicas?: number,
): ComponentEntry {
  const asked = (amount: (requests: Record<string, string>) => number) => {
    const of = ({ resources }: V1Container) => amount(resources?.requests ?? {});
    return Math.max(sum(containers.map(of)), ...initContainers.map(of));
  };
  return {
    path: scope.node.path,
    name,
    ...(replicas === undefined ? {} : { replicas }),
    podCpus: asked(({ cpu = '0' }) => quantity(cpu)),
    podMemoryGib: asked(({ memory = '0' }) => quantityGib(memory)),
    nodeSelector,
    tolerations,
  };
}
