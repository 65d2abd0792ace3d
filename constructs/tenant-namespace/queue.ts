import type { Construct } from 'constructs';
import { MANAGED_BY } from '../../core/names';
import { customResource } from '../custom-resource';

export interface TenantQueueProps {
  /** Queues are cluster-wide: the tenant's name is free in the cluster. */
  readonly name: string;
  readonly resourceName: string;
  /** NPUs that are kept free for the queue. */
  readonly guarantee: number;
  /** NPUs that the queue can hold at most. */
  readonly ceiling: number;
  /** Share of what nobody is guaranteed, against other queues: 1 to 65,535. */
  readonly weight: number;
}

/** `spec` of a Queue (volcano-sh/volcano v1.9.0–v1.15.0 `scheduling/v1beta1`), as far as it is used. */
export interface QueueSpec {
  readonly weight: number;
  readonly capability: Readonly<Record<string, string>>;
  readonly guarantee?: { readonly resource: Readonly<Record<string, string>> };
}

/**
 * The Volcano queue of a tenant. `deserved` and `parent` belong to the plugin `capacity`, which the
 * stock Ascend Volcano does not run: it has `proportion`, and neither reclaims nor preempts.
 *
 * @returns its `spec`
 */
export function addQueue(scope: Construct, props: TenantQueueProps): QueueSpec {
  const { name, resourceName, guarantee, ceiling, weight } = props;
  const spec: QueueSpec = {
    weight,
    capability: { [resourceName]: `${ceiling}` },
    ...(guarantee > 0 ? { guarantee: { resource: { [resourceName]: `${guarantee}` } } } : {}),
  };
  customResource<{ spec: QueueSpec }>(scope, 'queue', {
    apiVersion: 'scheduling.volcano.sh/v1beta1',
    kind: 'Queue',
    metadata: { name, labels: { ...MANAGED_BY } },
    spec,
  });
  return spec;
}
