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
  remedy: 'keep the level; what needs less belongs to a namespace of the centre',
  check({ changes }) {
    return changesOf(changes, 'Namespace').map(({ change, before, after }) => {
      if (!before || !after) return undefined;
      // Without the label the API server enforces nothing.
      const level = (object: typeof after) => object.metadata?.labels?.[ENFORCE] ?? 'privileged';
      const [was, is] = [level(before), level(after)];
      if (LEVELS.indexOf(is) >= LEVELS.indexOf(was)) return undefined;
      const remedy = `keep ${was}; what needs ${is} belongs to a namespace of the centre`;
      return {
        path: change.path,
        statement: `${change.name} enforces ${is} instead of ${was}`,
        remedy,
      };
    });
  },
};
