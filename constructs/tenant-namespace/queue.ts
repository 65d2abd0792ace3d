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

/** Quantities by the name of the resource, `{ 'huawei.com/Ascend910': '8' }`. */
type Resources = Readonly<Record<string, string>>;

/** `spec` of a Queue (volcano-sh/volcano v1.12.0–v1.16.0-alpha.1 `scheduling/v1beta1`), as far as it is used. */
export interface QueueSpec {
  readonly weight: number;
  readonly capability: Resources;
  readonly guarantee?: { readonly resource: Resources };
  /** There wherever a guarantee is, and equal to it. */
  readonly deserved?: Resources;
}

/**
 * The Volcano queue of a tenant. `deserved` is there for Volcano's webhook alone: from 1.14 on it refuses
 * a guarantee without it (volcano-sh/volcano v1.14.2 `pkg/webhooks/admission/queues/validate/validate_queue.go`,
 * `validateResourceQuantityOfQueue`). The plugin `proportion`, which the stock Ascend Volcano runs, reads
 * weight, capability and guarantee and works out a share of its own (`pkg/scheduler/plugins/proportion/proportion.go`,
 * `OnSessionOpen`, in all these releases); `capacity` would read it, and is not run. No less than the
 * guarantee is admitted, and more would promise what nobody sold. `parent` is left out: without one a queue
 * is below `root`.
 *
 * @returns its `spec`
 */
export function addQueue(scope: Construct, props: TenantQueueProps): QueueSpec {
  const { name, resourceName, guarantee, ceiling, weight } = props;
  const kept: Resources = { [resourceName]: `${guarantee}` };
  const spec: QueueSpec = {
    weight,
    capability: { [resourceName]: `${ceiling}` },
    ...(guarantee > 0 ? { guarantee: { resource: kept }, deserved: kept } : {}),
  };
  customResource<{ spec: QueueSpec }>(scope, 'queue', {
    apiVersion: 'scheduling.volcano.sh/v1beta1',
    kind: 'Queue',
    metadata: { name, labels: { ...MANAGED_BY } },
    spec,
  });
  return spec;
}
