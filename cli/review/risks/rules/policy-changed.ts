import { isDeepStrictEqual } from 'node:util';
import { changesOf } from '../../compare/objects';
import { about, type RiskRule } from '../risk';

export const policyChanged: RiskRule = {
  id: 'AICC-RISK-023',
  level: 'warning',
  title: 'admission policy says something else',
  why: 'A policy says something else; whether it refuses less, only its tests can tell.',
  remedy: 'see that the end-to-end test still refuses each bad pod',
  check({ changes }) {
    return changesOf(changes, 'ValidatingAdmissionPolicy').map(({ change, before, after }) => {
      if (!before || !after) return undefined;
      const parts = (['variables', 'validations', 'matchConditions', 'paramKind'] as const).filter(
        (part) => !isDeepStrictEqual(before.spec?.[part], after.spec?.[part]),
      );
      return about(change, parts.length === 0 ? [] : `${parts.join(', ')} of ${change.name}`);
    });
  },
};
