import type { Check } from '../../checks/check';
import { describeObject } from '../../kubernetes/describe';
import { type Managed, otherFieldManagers } from '../../live/field-managers';
import type { PreflightSubject } from '../subject';

export const clashes: Check<PreflightSubject> = {
  id: 'AICC-PRE-025',
  level: 'error',
  title: 'objects of the phase that are there were made by Terraform',
  why: 'Terraform creates what is not in its state, and stops where it is there already.',
  remedy: 'take it over, rename it, or delete it',
  async check({ phase, cluster }) {
    const own = phase.objects.filter(({ patchBy }) => patchBy === undefined);
    const there = await Promise.all(own.map(({ object }) => cluster.get<Managed>(object)));
    return own.map(({ object, stack }, index) => {
      const found = there[index];
      const makers = found && otherFieldManagers(found);
      if (makers === undefined) return undefined;
      return {
        path: describeObject(object),
        statement: `is there already, made by ${makers}`,
        remedy: `take it over with \`aicc import ${phase.id}\`, rename it, or delete it: ${stack} would fail with "already exists"`,
      };
    });
  },
};
