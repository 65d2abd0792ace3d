import { changesOf } from '../../compare/objects';
import { about, type RiskRule } from '../risk';
import { allowances, describeAllowances, isAnywhere } from './allowances';

export const networkOpen: RiskRule = {
  id: 'AICC-RISK-004',
  level: 'error',
  title: 'network opened to everywhere',
  why: 'A policy that lets everybody in, or out to everywhere.',
  remedy: 'name the peers that are meant',
  check({ changes }) {
    return changesOf(changes, 'NetworkPolicy').map(({ change, before, after }) => {
      const open = (policy: typeof after) => allowances(policy).filter(isAnywhere);
      const old = new Set(open(before).map(({ way }) => way));
      const added = open(after).filter(({ way }) => !old.has(way));
      return about(change, describeAllowances(change, added));
    });
  },
};
