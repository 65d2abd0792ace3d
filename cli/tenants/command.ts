import Table from 'cli-table3';
import { Command } from 'commander';
import { type CapacityReport, formatNumber, troubleLines } from '../../core/capacity';
import { readCapacity } from '../read-capacity';
import { describe } from '../tenant/facts';
import { phaseTotals, tenantTotals } from './totals';

/** `aicc tenants` */
export function tenantsCommand(): Command {
  return new Command('tenants')
    .option('-o, --output <folder>', 'folder that was synthesized into', 'cdktf.out')
    .option('--json', 'the same as JSON')
    .action((options: { output: string; json?: boolean }) => {
      const report = readCapacity(options.output);
      const json = () => ({
        tenants: tenantTotals(report),
        phases: phaseTotals(report),
        acknowledged: report.proofs.filter(({ status }) => status === 'acknowledged'),
      });
      const text = options.json ? JSON.stringify(json(), null, 2) : tables(report);
      process.stdout.write(`${text}\n`);
    });
}

function tables(report: CapacityReport): string {
  const ids = report.phases.map((phase) => phase.id);
  const tenants = table(['tenant', ...ids, ...ids.map((id) => `after ${id}`)]);
  for (const { name, shared, shares, cumulative } of tenantTotals(report)) {
    tenants.push([
      shared ? `${name} (shared)` : name,
      ...shares.map((s) => (s ? `${s.guarantee.npus}–${s.ceiling.npus}` : '')),
      ...cumulative.map(({ npus, petaflops }) =>
        npus === 0 ? '' : `${formatNumber(npus)} (${formatNumber(petaflops)} PF)`,
      ),
    ]);
  }
  const phases = table(['phase', 'usable', 'sold', '= dedicated', '+ shared', 'free']);
  for (const { phase, usable, sold, dedicated, shared, free } of phaseTotals(report)) {
    phases.push([phase, ...[usable, sold, dedicated, shared, free].map(describe)]);
  }
  return [
    tenants.toString(),
    'By phase: NPUs guaranteed–at most. After a phase: guaranteed in it and all before.',
    phases.toString(),
    'PF: dense FP16 peak of the NPUs. NPU: one schedulable device.',
    ...troubleLines(report, 'acknowledged'),
  ].join('\n');
}

function table(head: string[]) {
  return new Table({ head, style: { head: [], border: [], compact: true } });
}
