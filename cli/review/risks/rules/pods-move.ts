import { isDeepStrictEqual } from 'node:util';
import type { V1PodTemplateSpec } from '@kubernetes/client-node';
import { type RiskRule, templateChanges } from '../risk';

const PARTS: Readonly<Record<string, (template: V1PodTemplateSpec) => unknown>> = {
  nodeSelector: ({ spec }) => spec?.nodeSelector,
  affinity: ({ spec }) => spec?.affinity,
  tolerations: ({ spec }) => spec?.tolerations,
  topologySpreadConstraints: ({ spec }) => spec?.topologySpreadConstraints,
  schedulerName: ({ spec }) => spec?.schedulerName,
  queue: ({ metadata }) => metadata?.annotations?.['scheduling.volcano.sh/queue-name'],
  'schedule policy': ({ metadata }) => metadata?.annotations?.['huawei.com/schedule_policy'],
};

export const podsMove: RiskRule = {
  id: 'AICC-RISK-010',
  level: 'warning',
  title: 'pods move to other servers or another queue',
  why: 'What decides where pods run is another: they may move, or be left without a server.',
  remedy: 'check that servers fit, and that they have room before the old pods are gone',
  check({ changes }) {
    return templateChanges(changes, ({ namespace, name }, before, after) => {
      const moved = Object.entries(PARTS)
        .filter(([, part]) => !isDeepStrictEqual(part(before), part(after)))
        .map(([part]) => part);
      return moved.length === 0 ? [] : `${moved.join(', ')} of ${namespace}/${name}`;
    });
  },
};
