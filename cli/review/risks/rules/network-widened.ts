import {
  changesOf,
  namespaceOf,
  namespacesThat,
  parentOf,
  workloadParents,
} from '../../compare/objects';
import type { RiskRule } from '../risk';
import { allowances, describeAllowance } from './allowances';

export const networkWidened: RiskRule = {
  id: 'AICC-RISK-003',
  level: 'warning',
  title: 'network of a namespace widened',
  why: 'A namespace that is there may reach, or be reached by, somebody more.',
  check({ changes }) {
    const come = namespacesThat('come', changes);
    const served = workloadParents('create', changes);
    return (
      changesOf(changes, 'NetworkPolicy')
        .filter(({ change }) => !come.has(namespaceOf(change)))
        // The policy of a new model opens that model alone.
        .filter(({ change, before }) => before || !served.has(parentOf(change)))
        .flatMap(({ change, before, after }) => {
          const old = new Set(allowances(before).map((allowance) => JSON.stringify(allowance)));
          return allowances(after)
            .filter((allowance) => !old.has(JSON.stringify(allowance)))
            .map((allowance) => ({
              path: change.path,
              statement: `${change.namespace}/${change.name} allows ${describeAllowance(allowance)}`,
              remedy: 'check that the tenant asked for it and that no narrower peer will do',
            }));
        })
    );
  },
};
