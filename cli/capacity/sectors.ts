import type { CapacityReport, TenantCapacity } from '../../core/capacity';

/** Colours of the page, in the order in which sectors are met; the last stands for all that are left. */
const COLOURS = ['var(--s1)', 'var(--s2)', 'var(--s3)', 'var(--s4)', 'var(--s5)', 'var(--s6)'];

export interface Sector {
  readonly name: string;
  readonly colour: string;
  readonly tenants: readonly TenantCapacity[];
}

/** Sectors in the order of the data, each with its colour and its tenants; the centre's own come last. */
export function sectorsOf({ tenants }: CapacityReport): Sector[] {
  const names = [...new Set(tenants.filter((tenant) => !tenant.shared).map((t) => t.sector))];
  const own = [...new Set(tenants.filter((tenant) => tenant.shared).map((t) => t.sector))];
  return [...names, ...own.filter((name) => !names.includes(name))].map((name, index) => ({
    name,
    colour: COLOURS[Math.min(index, COLOURS.length - 1)] ?? '',
    tenants: tenants.filter((tenant) => tenant.sector === name),
  }));
}
