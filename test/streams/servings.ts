import type { V1PodTemplateSpec } from '@kubernetes/client-node';
import type { ComputeClusterProps } from '../../constructs';
import { group, ofServing, podsOf, serving } from '../constructs/model-serving/fixtures';

/** Seconds that a request may take: with it, vLLM and Kubernetes wait for what runs. */
const REQUEST_TIMEOUT_SECONDS = 120;

const A3 = { serverForm: 'atlas-800t-a3', accelerator: '910C-752', servers: 1 } as const;

/** A pool of one A3 server. */
const ONE_SERVER: Partial<ComputeClusterProps> = { pools: [{ name: 'npu', ...A3 }] };

/** A serving of each kind: the pods of a replica as this package writes them. */
export interface Served {
  readonly what: string;
  readonly mixtureOfExperts: boolean;
  readonly pods: Readonly<Record<string, V1PodTemplateSpec>>;
}

/** One server alone, with data parallelism, and a group of two. */
export function servings(): readonly Served[] {
  const requestTimeoutSeconds = REQUEST_TIMEOUT_SECONDS;
  return [
    {
      what: 'one server (qwen3-8b on A2)',
      mixtureOfExperts: false,
      pods: podsOf(ofServing(serving({ requestTimeoutSeconds }))),
    },
    {
      what: 'data parallel (glm-4-7 on A3, 2 ranks)',
      mixtureOfExperts: true,
      pods: podsOf(
        ofServing(
          serving({ model: 'glm-4-7', requestTimeoutSeconds }, { guarantee: 16 }, ONE_SERVER),
        ),
      ),
    },
    {
      what: 'group (deepseek-r1 on two A2, 4 ranks)',
      mixtureOfExperts: true,
      pods: podsOf(ofServing(group({ requestTimeoutSeconds }))),
    },
  ];
}
