import { isDeepStrictEqual } from 'node:util';
import { workloadChanges } from '../../compare/objects';
import { about, type RiskRule } from '../risk';

export const selectorChanged: RiskRule = {
  id: 'AICC-RISK-013',
  level: 'error',
  title: 'running model or component replaced',
  why: 'A selector cannot be changed in place: what runs is deleted, and started anew.',
  remedy: 'run the new one beside it under another name, then remove the old one',
  check({ changes }) {
    return workloadChanges(changes).map(({ change, before, after }) => {
      const { kind, namespace, name, action, reasons } = change;
      const selector = !isDeepStrictEqual(before?.selector, after?.selector);
      if (!before || !after || (!selector && action !== 'replace')) return undefined;
      const why = selector ? 'its selector changes' : (reasons[0] ?? 'Terraform replaces it');
      return about(change, `${kind} ${namespace}/${name} is deleted and started anew: ${why}`);
    });
  },
};
