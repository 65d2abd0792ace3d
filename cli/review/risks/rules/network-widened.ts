import {
  changesOf,
  namespaceOf,
  namespacesThat,
  parentOf,
  workloadParents,
} from '../../compare/objects';
import { about, type RiskRule } from '../risk';
import { allowances, describeAllowances } from './allowances';

export const networkWidened: RiskRule = {
  id: 'AICC-RISK-003',
  level: 'warning',
  title: 'network of a namespace widened',
  why: 'A namespace that is there may reach, or be reached by, somebody more.',
  remedy: 'check that the tenant asked for it and that no narrower peer will do',
  check({ changes }) {
    const come = namespacesThat('come', changes);
    const served = workloadParents('create', changes);
    return (
      changesOf(changes, 'NetworkPolicy')
        .filter(({ change }) => !come.has(namespaceOf(change)))
        // The policy of a new model opens that model alone.
        .filter(({ change, before }) => before || !served.has(parentOf(change)))
        .map(({ change, before, after }) => {
          const old = new Set(allowances(before).map((allowance) => JSON.stringify(allowance)));
          const added = allowances(after).filter((one) => !old.has(JSON.stringify(one)));
          return about(change, describeAllowances(change, added));
        })
    );
  },
};
