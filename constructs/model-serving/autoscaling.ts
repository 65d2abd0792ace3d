import type { Construct } from 'constructs';
import type { PositiveCount } from '../../core/schema/types';
import { mistakes } from '../../core/validate';
import { kubernetesObject } from '../kubernetes-object';
import { groupName, LEADER_WORKER_SET } from './groups/leader-worker-set';
import type { ResolvedServing } from './serving';

/** How replicas follow the load, by metrics of vLLM itself. */
export interface AutoscalingOptions {
  /** Replicas that always run, 1 or more. */
  readonly minReplicas: PositiveCount;
  /** Replicas at most, more than `minReplicas`. */
  readonly maxReplicas: PositiveCount;
  /**
   * Requests that wait in a replica, on average over all: thousandths are counted. @default 5
   * @minimum 0.001
   * @errorMessage must be a number above 0, 0.001 or more; correct it
   */
  readonly requestsWaiting?: number;
  /**
   * Share of the cache of keys and values in use, on average: thousandths are counted. @default 0.8
   * @minimum 0.001
   * @maximum 1
   * @errorMessage must be above 0, 0.001 or more, and at most 1; correct it
   */
  readonly cacheUsage?: number;
}

/** Assumptions of ours: a short queue is normal, and beyond 0.8 of the cache requests are preempted soon. */
const REQUESTS_WAITING = 5;
const CACHE_USAGE = 0.8;

/** Metrics of vLLM (vllm/v1/metrics/loggers.py), which the metrics adapter must serve by pod. */
export const SCALING_METRICS = {
  waiting: 'vllm:num_requests_waiting',
  cache: 'vllm:kv_cache_usage_perc',
} as const;

export function validateAutoscaling({ minReplicas, maxReplicas }: AutoscalingOptions): string[] {
  return mistakes(
    !(maxReplicas > minReplicas) &&
      `autoscaling.maxReplicas must be a whole number above minReplicas ${minReplicas}; raise it or set replicas instead, got: ${maxReplicas}`,
  );
}

/** The autoscaler of a serving; groups are scaled as groups. */
export function addAutoscaler(
  scope: Construct,
  id: string,
  serving: ResolvedServing,
  options: AutoscalingOptions,
): void {
  const { metadata, fit, budget } = serving;
  const target =
    fit.pods > 1
      ? { ...LEADER_WORKER_SET, name: groupName(metadata.name) }
      : { apiVersion: 'apps/v1', kind: 'Deployment', name: metadata.name };
  kubernetesObject(scope, id, {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      scaleTargetRef: target,
      minReplicas: options.minReplicas,
      maxReplicas: options.maxReplicas,
      metrics: [
        podsMetric(SCALING_METRICS.waiting, options.requestsWaiting ?? REQUESTS_WAITING),
        podsMetric(SCALING_METRICS.cache, options.cacheUsage ?? CACHE_USAGE),
      ],
      // Everything is said: what the API server fills in would be a change in every plan.
      behavior: {
        // Not the next one before the last can have started.
        scaleUp: oneReplica(60, Math.min(budget.seconds, MAX_PERIOD_SECONDS)),
        // A model that starts for minutes is not given up after a quiet one.
        scaleDown: oneReplica(Math.min(2 * budget.seconds, MAX_WINDOW_SECONDS), 300),
      },
    },
  });
}

/** What the API server takes at most (autoscaling/v2, HPAScalingRules). */
const MAX_PERIOD_SECONDS = 1800;
const MAX_WINDOW_SECONDS = 3600;

/** Steps of one replica; the window is the time over which the most careful wish counts. */
function oneReplica(stabilizationWindowSeconds: number, periodSeconds: number) {
  return {
    stabilizationWindowSeconds,
    selectPolicy: 'Max',
    policies: [{ type: 'Pods', value: 1, periodSeconds }],
  };
}

function podsMetric(name: string, value: number) {
  // As the API server writes it: another spelling would be a change in every plan.
  const averageValue = Number.isInteger(value) ? `${value}` : `${Math.round(value * 1000)}m`;
  return {
    type: 'Pods',
    pods: { metric: { name }, target: { type: 'AverageValue', averageValue } },
  };
}
