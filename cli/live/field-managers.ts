import { FIELD_MANAGER } from '../../core/names';

/**
 * Field managers of objects that Terraform has made: typed resources of the provider by their user agent
 * (`HashiCorp/1.0 Terraform/…`), custom objects by ours, and the default of its patches.
 */
const TERRAFORM = ['HashiCorp', 'Terraform', FIELD_MANAGER];

export interface Managed {
  readonly metadata: {
    readonly managedFields?: readonly {
      readonly manager?: string;
      readonly subresource?: string;
    }[];
  };
}

/** Who wrote an object that Terraform has not made. @returns undefined where Terraform is among them */
export function otherFieldManagers({ metadata }: Managed): string | undefined {
  const managers = (metadata.managedFields ?? [])
    .filter(({ subresource }) => subresource === undefined)
    .map(({ manager }) => manager ?? '');
  return managers.some((manager) => TERRAFORM.includes(manager))
    ? undefined
    : managers.join(', ') || 'somebody unknown';
}
