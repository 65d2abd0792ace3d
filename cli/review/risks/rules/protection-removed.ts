import { LABEL_PREFIX, PROTECTED_LABEL } from '../../../../core/names';
import type { Finding } from '../../../../core/rules';
import { changesOf } from '../../compare/objects';
import type { RiskRule } from '../risk';

export const protectionRemoved: RiskRule = {
  id: 'AICC-RISK-022',
  level: 'warning',
  title: 'namespace not protected from deletion any more',
  why: 'A namespace may be deleted that could not be. Of a tenant that is retired, that is meant.',
  check({ changes }) {
    return changesOf(changes, 'Namespace').flatMap(({ change, before, after }): Finding[] => {
      if (!before || !after) return [];
      const label = ({ metadata }: typeof after, key: string) => metadata?.labels?.[key];
      const retired = label(after, `${LABEL_PREFIX}/state`) === 'retired';
      const guarded = (object: typeof after) => label(object, PROTECTED_LABEL) === 'true';
      const open = guarded(before) && !guarded(after) ? ['the API server'] : [];
      const kept = change.attributes.find((a) => a.path === 'terraform.lifecycle.prevent_destroy');
      if (kept?.before === true && kept.after !== true) open.push('Terraform');
      return retired || open.length === 0
        ? []
        : [
            {
              path: change.path,
              statement: `${open.join(' and ')} would delete ${change.name}`,
              remedy: 'keep it protected until the tenant is retired',
            },
          ];
    });
  },
};
