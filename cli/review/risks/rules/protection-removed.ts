import { LABEL_PREFIX, PROTECTED_LABEL } from '../../../../core/names';
import type { ResourceChange } from '../../compare/change';
import { changesOf } from '../../compare/objects';
import { about, type RiskRule } from '../risk';

export const protectionRemoved: RiskRule = {
  id: 'AICC-RISK-022',
  level: 'warning',
  title: 'not protected from deletion any more',
  why: 'A namespace or a claim may be deleted that could not be. Of a tenant that is retired, that is meant.',
  remedy: 'keep it protected until the tenant is retired',
  check({ changes }) {
    const namespaces = changesOf(changes, 'Namespace').map(({ change, before, after }) => {
      if (!before || !after) return undefined;
      const label = ({ metadata }: typeof after, key: string) => metadata?.labels?.[key];
      const retired = label(after, `${LABEL_PREFIX}/state`) === 'retired';
      const guarded = (object: typeof after) => label(object, PROTECTED_LABEL) === 'true';
      const open = guarded(before) && !guarded(after) ? ['the API server'] : [];
      if (isLetGo(change)) open.push('Terraform');
      if (retired || open.length === 0) return undefined;
      return about(change, `${open.join(' and ')} would delete ${change.name}`);
    });
    const claims = changesOf(changes, 'PersistentVolumeClaim')
      .filter(({ change, before, after }) => before && after && isLetGo(change))
      .map(({ change }) => ({
        path: change.path,
        statement: `Terraform would delete the claim ${change.namespace}/${change.name}`,
        remedy: 'keep it protected while anybody wants what is on it',
      }));
    return [namespaces, claims];
  },
};

/** Whether Terraform refused to delete it, and does not any more. */
function isLetGo({ attributes }: ResourceChange): boolean {
  const kept = attributes.find(({ path }) => path === 'terraform.lifecycle.prevent_destroy');
  return kept?.before === true && kept.after !== true;
}
