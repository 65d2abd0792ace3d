import type { V1ObjectMeta } from '@kubernetes/client-node';
import { TENANT_ANNOTATIONS } from '../../../../core/names';
import { changesOf } from '../../compare/objects';
import type { Output } from '../../input/output';
import { about, type RiskContext, type RiskRule, templateChanges } from '../risk';

export const priorityRaised: RiskRule = {
  id: 'AICC-RISK-009',
  level: 'warning',
  title: 'priority raised',
  why: 'Something is placed before others that came before it, or may push them out.',
  remedy: 'check who has to wait for it',
  check: (context) => [classes(context), allowed(context), workloads(context)],
};

function classes({ changes }: RiskContext) {
  return changesOf(changes, 'PriorityClass').map(({ change, before, after }) => {
    if (!before || !after) return undefined;
    const found: string[] = [];
    if (after.value > before.value) found.push(`${before.value} → ${after.value}`);
    if (!before.globalDefault && after.globalDefault)
      found.push('is that of all pods that name none');
    if (before.preemptionPolicy === 'Never' && after.preemptionPolicy !== 'Never') {
      found.push('may push out pods of lower classes');
    }
    return about(
      change,
      found.map((what) => `PriorityClass ${change.name} ${what}`),
    );
  });
}

/** Classes that pods of a tenant may name. */
function allowed({ changes }: RiskContext) {
  return changesOf(changes, 'Namespace').map(({ change, before, after }) => {
    if (!before || !after) return undefined;
    const names = ({ metadata }: typeof after) =>
      metadata?.annotations?.[TENANT_ANNOTATIONS.priorityClasses]?.split(',') ?? [];
    const added = names(after).filter((name) => !names(before).includes(name));
    return about(
      change,
      added.map((name) => `pods of ${change.name} may be of class ${name}`),
    );
  });
}

/** Values of the classes of an output; those of Kubernetes are above all others. */
function values(output: Output | undefined): Map<string, number> {
  const resources = [...(output?.stacks.values() ?? [])].flatMap((s) => [...s.resources.values()]);
  return new Map(
    resources.flatMap(({ type, attributes }): [string, number][] => {
      const { metadata, value } = attributes as { metadata?: V1ObjectMeta; value?: number };
      return type.startsWith('kubernetes_priority_class') && metadata?.name
        ? [[metadata.name, Number(value)]]
        : [];
    }),
  );
}

function workloads({ changes, base, head }: RiskContext) {
  const known = new Map([...values(base), ...values(head)]);
  // Of a class that nothing is known of, the worst is assumed.
  const lower = (was: string | undefined, is: string) =>
    (known.get(is) ?? Number.POSITIVE_INFINITY) <= (known.get(was ?? '') ?? 0);
  return templateChanges(changes, ({ name }, before, after) => {
    const [was, is] = [before.spec?.priorityClassName, after.spec?.priorityClassName];
    return is === undefined || was === is || lower(was, is)
      ? []
      : `pods of ${name} are of class ${is} instead of ${was ?? 'the default'}`;
  });
}
