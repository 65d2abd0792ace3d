import type { PhaseInventory, TenantEntry } from '../inventory';
import type { PhasesProof } from '../proof';

export const allocationsGrow: PhasesProof = {
  id: 'AICC-TEN-003',
  level: 'error',
  title: 'allocations of a tenant do not shrink over phases',
  why: 'A tenant that got NPUs in a phase gets no fewer in the next one that it has a share of.',
  check({ phases }) {
    const last = phases.at(-1);
    if (last === undefined) return [];
    const earlier = phases.slice(0, -1);
    return last.cluster.tenants.flatMap((tenant) => {
      const previous = earlier.findLast((phase) => entryOf(phase, tenant) !== undefined);
      const before = previous && entryOf(previous, tenant);
      if (!previous || !before || tenant.state === 'retired') return [];
      const reason = tenant.shrinkReason?.trim() ?? '';
      const shrinks = tenant.guarantee < before.guarantee || tenant.ceiling < before.ceiling;
      const holds = !shrinks || reason !== '';
      const why = reason === '' ? '' : ` (${reason})`;
      return [
        {
          path: tenant.path,
          holds,
          statement: `${tenant.guarantee} NPUs guaranteed and ${tenant.ceiling} at most in ${last.id}, ${before.guarantee} and ${before.ceiling} in ${previous.id}${why}`,
          remedy: `give ${before.guarantee} and ${before.ceiling} NPUs or more, or a shrinkReason`,
        },
      ];
    });
  },
};

function entryOf({ cluster }: PhaseInventory, { namespace }: TenantEntry): TenantEntry | undefined {
  return cluster.tenants.find(
    (entry) => entry.namespace === namespace && entry.state !== 'retired',
  );
}
