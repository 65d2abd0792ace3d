import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PhaseLedger } from '../constructs';
import type { BuiltCentre } from './build';
import type { Centre, Tenant } from './centre';

/** Name of the file beside the stacks. */
export const LEDGER_FILE = 'ledger.json';

/** What was promised and to whom: plain data for reports, without the constructs. */
export interface CentreLedger {
  readonly name: string;
  readonly displayName: string;
  /** Those that were synthesized, in order. */
  readonly phases: readonly PhaseLedger[];
  readonly tenants: readonly TenantInfo[];
}

export interface TenantInfo extends Pick<Tenant, 'name' | 'displayName' | 'sector' | 'scope'> {
  /** Whether the centre runs it for all others: what it has is shared, not dedicated. */
  readonly shared: boolean;
}

export function centreLedger(centre: Centre, built: BuiltCentre): CentreLedger {
  return {
    name: centre.name,
    displayName: centre.displayName,
    phases: built.phases.map((stacks) => stacks.cluster.phaseLedger()),
    tenants: centre.tenants.map(({ name, displayName, sector, scope }) => ({
      name,
      displayName,
      sector,
      scope,
      shared: sector === 'centre',
    })),
  };
}

export function writeLedger(outdir: string, ledger: CentreLedger): void {
  writeFileSync(join(outdir, LEDGER_FILE), `${JSON.stringify(ledger, null, 2)}\n`);
}
