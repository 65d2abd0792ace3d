import { isDeepStrictEqual } from 'node:util';
import { workloadChanges } from '../../compare/objects';
import type { RiskRule } from '../risk';

export const selectorChanged: RiskRule = {
  id: 'AICC-RISK-013',
  level: 'error',
  title: 'running model or component replaced',
  why: 'A selector cannot be changed in place: what runs is deleted, and started anew.',
  check({ changes }) {
    return workloadChanges(changes).flatMap(({ change, before, after }) => {
      if (!before || !after) return [];
      const selector = !isDeepStrictEqual(before.selector, after.selector);
      if (!selector && change.action !== 'replace') return [];
      const why = selector
        ? 'its selector changes'
        : (change.reasons[0] ?? 'Terraform replaces it');
      return [
        {
          path: change.path,
          statement: `${change.kind} ${change.namespace}/${change.name} is deleted and started anew: ${why}`,
          remedy: 'run the new one beside it under another name, then remove the old one',
        },
      ];
    });
  },
};
