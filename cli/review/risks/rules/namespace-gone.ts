import { LABEL_PREFIX, TENANT_LABEL } from '../../../../core/names';
import { isDestructive } from '../../compare/change';
import { changesOf } from '../../compare/objects';
import { about, type RiskRule } from '../risk';

export const namespaceGone: RiskRule = {
  id: 'AICC-RISK-017',
  level: 'error',
  title: 'namespace gone without a retired tombstone',
  why: 'A namespace goes with all that is in it, and nobody has said before that it would.',
  remedy: "deploy it with state 'retired' first, then remove it",
  check({ changes }) {
    return changesOf(changes, 'Namespace').map(({ change, before }) => {
      const { labels = {}, name = change.name } = before?.metadata ?? {};
      const state = labels[`${LABEL_PREFIX}/state`];
      if (!isDestructive(change) || state === 'retired') return undefined;
      const tenant = labels[TENANT_LABEL] ? `tenant ${labels[TENANT_LABEL]}` : 'no tenant';
      const whose = state ? `${tenant}, ${state}` : tenant;
      return about(change, `namespace ${name} (${whose}) is deleted with all in it`);
    });
  },
};
