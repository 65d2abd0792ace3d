import type { AttributeChange, ResourceChange } from './change';

/**
 * One list of what the code says and what the plans say, by stack and address. Where a stack has a plan,
 * the plan decides what will be done; what only one of both knows is kept and says so.
 *
 * @param code undefined where only plans are reviewed
 * @param planned names of the stacks that have a plan
 */
export function mergeChanges(
  code: readonly ResourceChange[] | undefined,
  plans: readonly ResourceChange[],
  planned: ReadonlySet<string>,
): ResourceChange[] {
  if (!code) return [...plans];
  const key = ({ stack, address }: ResourceChange) => `${stack} ${address}`;
  const later = new Map(plans.map((change) => [key(change), change]));
  const merged = code.map((change) => {
    const plan = later.get(key(change));
    later.delete(key(change));
    if (plan) return merge(change, plan);
    return planned.has(change.stack) && change.kind !== 'Settings of stack'
      ? { ...change, reasons: [...change.reasons, NOTHING_PLANNED] }
      : change;
  });
  const rest = [...later.values()];
  return [...merged, ...rest.map(notInCode)];
}

const NOTHING_PLANNED = 'the plan has nothing to do for it: it is so already';

function notInCode(change: ResourceChange): ResourceChange {
  return {
    ...change,
    reasons: [...change.reasons, 'only in the plan: the code does not change it'],
  };
}

function merge(code: ResourceChange, plan: ResourceChange): ResourceChange {
  const both = plan.action === code.action || (isChange(plan) && isChange(code));
  return {
    ...plan,
    path: code.path,
    reasons: plan.reasons.length > 0 ? plan.reasons : code.reasons,
    attributes: both ? union(code, plan) : plan.attributes,
    source: 'both',
  };
}

function isChange({ action }: ResourceChange): boolean {
  return action === 'update' || action === 'replace' || action === 'move';
}

/** Attributes of both, each once; the plan's values, which are those of the cluster. */
function union(code: ResourceChange, plan: ResourceChange): AttributeChange[] {
  // A new object has every field of the provider in the plan: the code says what was written.
  if (plan.action === 'create' || plan.action === 'destroy') return [...code.attributes];
  const known = new Set(code.attributes.map(({ path }) => path));
  const planned = new Set(plan.attributes.map(({ path }) => path));
  return [
    ...plan.attributes.map((attribute) =>
      known.has(attribute.path) || attribute.treatment === 'folded'
        ? attribute
        : { ...attribute, only: 'plan' as const },
    ),
    ...code.attributes
      .filter(({ path }) => !planned.has(path))
      .map((attribute) =>
        attribute.treatment === 'folded' ? attribute : { ...attribute, only: 'code' as const },
      ),
  ];
}
