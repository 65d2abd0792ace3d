import type { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { Construct } from 'constructs';
import { PULL_SECONDS } from '../../core/serving/start-budget';
import { kubernetesObject } from '../kubernetes-object';
import { servingPod } from './pod';
import type { Rollout } from './rollout';
import type { ResolvedServing } from './serving';

/** Replicas of a serving that are one pod each. */
export function addDeployment(
  scope: Construct,
  id: string,
  serving: ResolvedServing,
  rollout: Rollout,
): DeploymentV1 {
  const progress = serving.budget.seconds + PULL_SECONDS;
  const timeout = `${Math.ceil(progress / 60)}m`;
  return kubernetesObject(
    scope,
    id,
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...serving.metadata, annotations: rollout.annotations },
      spec: {
        // Left to the autoscaler where there is one: two masters would fight.
        replicas: rollout.replicas,
        progressDeadlineSeconds: progress,
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: rollout.maxSurge, maxUnavailable: rollout.maxUnavailable },
        },
        selector: { matchLabels: serving.selector },
        template: servingPod(serving, 'alone'),
      },
    },
    {
      // A model takes minutes to load: Terraform must not wait, nor taint what is still starting.
      waitForRollout: false,
      timeouts: { create: timeout, update: timeout, delete: timeout },
    },
  );
}
