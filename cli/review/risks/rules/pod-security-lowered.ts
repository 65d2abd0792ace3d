import { changesOf } from '../../compare/objects';
import type { RiskRule } from '../risk';

/** Strictest last (kubernetes.io, "Pod Security Standards"). */
const LEVELS = ['privileged', 'baseline', 'restricted'];
const ENFORCE = 'pod-security.kubernetes.io/enforce';

export const podSecurityLowered: RiskRule = {
  id: 'AICC-RISK-005',
  level: 'error',
  title: 'Pod Security of a namespace lowered',
  why: 'A namespace enforces less than before: its pods may do what they could not.',
  check({ changes }) {
    return changesOf(changes, 'Namespace').flatMap(({ change, before, after }) => {
      if (!before || !after) return [];
      // Without the label the API server enforces nothing.
      const level = (object: typeof after) => object.metadata?.labels?.[ENFORCE] ?? 'privileged';
      const [was, is] = [level(before), level(after)];
      return LEVELS.indexOf(is) < LEVELS.indexOf(was)
        ? [
            {
              path: change.path,
              statement: `${change.name} enforces ${is} instead of ${was}`,
              remedy: `keep ${was}; what needs ${is} belongs to a namespace of the centre`,
            },
          ]
        : [];
    });
  },
};
