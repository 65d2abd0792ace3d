import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  acknowledgementsOf,
  CAPACITY_FILE,
  type CapacityReport,
  capacityReport,
} from '../constructs';
import type { BuiltCentre } from './built-centre';
import type { Centre } from './centre';

/** What constructs have registered, as data: the same for the same centre and day. */
export function centreCapacity(centre: Centre, built: BuiltCentre): CapacityReport {
  const { name, displayName, assumptions } = centre;
  return capacityReport({
    name,
    displayName,
    assumptions,
    acknowledgements: acknowledgementsOf(built.app),
    tenants: centre.tenants.map((tenant) => ({
      name: tenant.name,
      displayName: tenant.displayName,
      sector: tenant.sector,
      scope: tenant.scope,
      shared: tenant.sector === 'centre',
      contact: tenant.contact,
    })),
    phases: built.phases.map(({ phase, cluster }) => ({
      ...cluster.phaseInventory(),
      inService: phase.inService,
      proofs: cluster.prove(),
    })),
  });
}

export function writeCapacity(outdir: string, report: CapacityReport): void {
  writeFileSync(join(outdir, CAPACITY_FILE), `${JSON.stringify(report, null, 2)}\n`);
}
