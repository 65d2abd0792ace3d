import { changesOf } from '../../compare/objects';
import type { RiskRule } from '../risk';
import { allowances, describeAllowance, isAnywhere } from './allowances';

export const networkOpen: RiskRule = {
  id: 'AICC-RISK-004',
  level: 'error',
  title: 'network opened to everywhere',
  why: 'A policy that lets everybody in, or out to everywhere.',
  check({ changes }) {
    return changesOf(changes, 'NetworkPolicy').flatMap(({ change, before, after }) => {
      const open = (policy: typeof after) => allowances(policy).filter(isAnywhere);
      const old = new Set(open(before).map(({ way }) => way));
      return open(after)
        .filter(({ way }) => !old.has(way))
        .map((allowance) => ({
          path: change.path,
          statement: `${change.namespace}/${change.name} allows ${describeAllowance(allowance)}`,
          remedy: 'name the peers that are meant',
        }));
    });
  },
};
