import type { LimitRangeV1 } from '@cdktf/provider-kubernetes/lib/limit-range-v1';
import type { Construct } from 'constructs';
import { CONTAINER_DEFAULTS, hostShare, type Server } from '../../core/accelerator';
import { MANAGED_BY } from '../../core/names';
import { kubernetesObject } from '../kubernetes-object';

/** What a container gets that asks for nothing; an assumption of ours. */
const DEFAULTS = {
  cpu: `${CONTAINER_DEFAULTS.cpus}`,
  memory: `${CONTAINER_DEFAULTS.memoryGib}Gi`,
  'ephemeral-storage': '20Gi',
};

/** Disk of a node that one container may have; an assumption of ours. */
const MAX_EPHEMERAL = '200Gi';

/**
 * Defaults, so that a pod without requests is admitted and counted, and the most that one container
 * can have: the share of a whole server.
 */
export function addLimits(scope: Construct, namespace: string, server: Server): LimitRangeV1 {
  const whole = hostShare(server, server.npus);
  return kubernetesObject(scope, 'limits', {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'defaults', namespace, labels: { ...MANAGED_BY } },
    spec: {
      limits: [
        {
          type: 'Container',
          default: DEFAULTS,
          defaultRequest: DEFAULTS,
          max: {
            cpu: `${whole.cpus}`,
            memory: `${whole.memoryGib}Gi`,
            'ephemeral-storage': MAX_EPHEMERAL,
          },
        },
      ],
    },
  });
}
