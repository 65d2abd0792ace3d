import type { Check, Found } from '../../checks/finding';
import { type Managed, otherMakers } from '../../live/makers';
import { describeObject } from '../../rehearse/apply';
import type { PreflightSubject } from '../subject';

export const clashes: Check<PreflightSubject> = {
  id: 'AICC-PRE-025',
  title: 'objects of the phase that are there were made by Terraform',
  async check({ phase, cluster }) {
    const own = phase.objects.filter(({ patchBy }) => patchBy === undefined);
    const there = await Promise.all(own.map(({ object }) => cluster.get<Managed>(object)));
    return own.flatMap(({ object, stack }, index): Found[] => {
      const found = there[index];
      const makers = found && otherMakers(found);
      if (makers === undefined) return [];
      return [
        {
          subject: describeObject(object),
          found: `is there already, made by ${makers}`,
          remedy: `take it over with \`aicc import ${phase.id}\`, rename it, or delete it: ${stack} would fail with "already exists"`,
        },
      ];
    });
  },
};
