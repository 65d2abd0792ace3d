import { isDeepStrictEqual } from 'node:util';
import { changesOf } from '../../compare/objects';
import type { RiskRule } from '../risk';

export const policyChanged: RiskRule = {
  id: 'AICC-RISK-023',
  level: 'warning',
  title: 'admission policy says something else',
  why: 'A policy says something else; whether it refuses less, only its tests can tell.',
  check({ changes }) {
    return changesOf(changes, 'ValidatingAdmissionPolicy').flatMap(({ change, before, after }) => {
      if (!before || !after) return [];
      const parts = (['variables', 'validations', 'matchConditions', 'paramKind'] as const).filter(
        (part) => !isDeepStrictEqual(before.spec?.[part], after.spec?.[part]),
      );
      return parts.length === 0
        ? []
        : [
            {
              path: change.path,
              statement: `${parts.join(', ')} of ${change.name}`,
              remedy: 'see that the end-to-end test still refuses each bad pod',
            },
          ];
    });
  },
};
