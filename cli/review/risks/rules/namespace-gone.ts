import { LABEL_PREFIX, TENANT_LABEL } from '../../../../core/names';
import { changesOf } from '../../compare/objects';
import type { RiskRule } from '../risk';

export const namespaceGone: RiskRule = {
  id: 'AICC-RISK-017',
  level: 'error',
  title: 'namespace gone without a retired tombstone',
  why: 'A namespace goes with all that is in it, and nobody has said before that it would.',
  check({ changes }) {
    return changesOf(changes, 'Namespace').flatMap(({ change, before }) => {
      if (change.action !== 'destroy' && change.action !== 'replace') return [];
      const { labels = {} } = before?.metadata ?? {};
      const state = labels[`${LABEL_PREFIX}/state`];
      if (state === 'retired') return [];
      const name = before?.metadata?.name ?? change.name;
      const whose = labels[TENANT_LABEL] ? `tenant ${labels[TENANT_LABEL]}` : 'no tenant';
      return [
        {
          path: change.path,
          statement: `namespace ${name} (${whose}${state ? `, ${state}` : ''}) is deleted with all in it`,
          remedy: "deploy it with state 'retired' first, then remove it",
        },
      ];
    });
  },
};
