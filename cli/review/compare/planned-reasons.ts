import type { PlannedChange } from '../input/plan';
import type { Action, AttributeChange } from './change';
import { describeCause } from './reasons';

/** What Terraform means by `action_reason` (developer.hashicorp.com, "JSON Output Format"). */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'it is tainted: the last apply did not finish it',
  replace_by_request: 'its replacement was asked for with -replace',
  replace_by_triggers: 'a resource that it names in replace_triggered_by changes',
  delete_because_no_resource_config: 'it is gone from the configuration',
  delete_because_no_module: 'its module is gone from the configuration',
  delete_because_no_move_target: 'a moved block leads to an address that does not exist',
  delete_because_wrong_repetition: 'it has count or for_each no more, or anew',
  delete_because_count_index: 'its index is beyond count',
  delete_because_each_key: 'its key is not in for_each any more',
};

/** Why Terraform destroys or replaces a resource. */
export function whyPlanned(
  { change, action_reason = '', previous_address }: PlannedChange,
  action: Action,
  attributes: readonly AttributeChange[],
): string[] {
  if (action === 'move') return [`its address was ${previous_address}`];
  if (action !== 'replace' && action !== 'destroy') return [];
  const causes = attributes.filter(({ replaces }) => replaces).map(describeCause);
  const known = REASONS[action_reason];
  if (known) causes.push(known);
  if (causes.length > 0 || action === 'destroy') return causes;
  return (change.replace_paths ?? []).map((path) => `${path.join('.')} changes`);
}
