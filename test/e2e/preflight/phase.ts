import type { DeclaredPhase } from '../../../cli/declared/phase';
import type { KubernetesObject } from '../../../cli/manifests/render';

/** One more namespace that the site makes. */
export const SITE_NAMESPACE = 'site-extra';

/** What a phase has whose models need more than one server, autoscaling and routes. */
const MORE: readonly KubernetesObject[] = [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'extra', namespace: SITE_NAMESPACE },
  },
  {
    apiVersion: 'leaderworkerset.x-k8s.io/v1',
    kind: 'LeaderWorkerSet',
    metadata: { name: 'large', namespace: 'model-services' },
    spec: { replicas: 1, leaderWorkerTemplate: { size: 2, workerTemplate: {} } },
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'scaled', namespace: 'model-services' },
    spec: { metrics: [{ type: 'Pods' }] },
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'chat', namespace: 'model-services' },
    spec: {
      parentRefs: [
        { name: 'models', namespace: 'model-gateway' },
        { name: 'front', namespace: 'model-gateway' },
      ],
    },
  },
];

/** The phase as if it had such models; objects that it has itself stay. */
export function withMore(phase: DeclaredPhase): DeclaredPhase {
  const more = MORE.map((object) => ({ stack: `${phase.id}-models`, address: 'test', object }));
  return { ...phase, objects: [...phase.objects, ...more] };
}
