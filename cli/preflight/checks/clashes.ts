import { FIELD_MANAGER } from '../../../constructs';
import type { Check, Found } from '../../checks/finding';
import { describeObject } from '../../rehearse/apply';
import type { PreflightSubject } from '../subject';

/**
 * Field managers of objects that Terraform has made: typed resources of the provider by their user agent
 * (`HashiCorp/1.0 Terraform/…`), custom objects by ours, and the default of its patches.
 */
const TERRAFORM = ['HashiCorp', 'Terraform', FIELD_MANAGER];

interface Managed {
  readonly metadata: {
    readonly managedFields?: readonly {
      readonly manager?: string;
      readonly subresource?: string;
    }[];
  };
}

export const clashes: Check<PreflightSubject> = {
  id: 'AICC-PRE-025',
  title: 'objects of the phase that are there were made by Terraform',
  async check({ phase, cluster }) {
    const own = phase.objects.filter(({ patchBy }) => patchBy === undefined);
    const there = await Promise.all(own.map(({ object }) => cluster.get<Managed>(object)));
    return own.flatMap(({ object, stack }, index): Found[] => {
      const found = there[index];
      if (!found) return [];
      const managers = (found.metadata.managedFields ?? [])
        .filter(({ subresource }) => subresource === undefined)
        .map(({ manager }) => manager ?? '');
      if (managers.some((manager) => TERRAFORM.includes(manager))) return [];
      return [
        {
          subject: describeObject(object),
          found: `is there already, made by ${managers.join(', ') || 'somebody unknown'}`,
          remedy: `take it over with \`aicc import ${phase.id}\`, rename it, or delete it: ${stack} would fail with "already exists"`,
        },
      ];
    });
  },
};
