import { type CapacityReport, formatNumber, sum } from '../../core/capacity';
import { figure } from '../html/chart';
import { type Html, html, table } from '../html/html';
import { htmlPage } from '../html/page';
import { clusterMap, MAP_STYLE, mapLegend } from './cluster-map';
import { localizationSection } from './localization';
import { overTime } from './over-time';
import { proofSection } from './proof-section';
import { shares, tenantTable } from './shares';

/** The whole report as one self-contained page. */
export async function capacityPage(report: CapacityReport): Promise<string> {
  const last = report.phases.at(-1);
  const total = last?.cumulative;
  return htmlPage({
    title: `${report.displayName}: capacity`,
    subtitle: last
      ? `Environment ${last.id}: ${report.phases.length} phases, ${report.clusters.length} clusters, ${report.tenants.length} tenants. PF: dense FP16 petaflops of the NPUs at peak. NPU: one schedulable device.`
      : 'No phase was synthesized.',
    style: MAP_STYLE,
    sections: [
      html`<ul class="tiles">
${tile('peak', formatNumber(total?.peak.petaflops ?? 0), 'PF', 'var(--peak)')}
${tile('usable, after spare and reserve', formatNumber(total?.usable.petaflops ?? 0), 'PF', 'var(--usable)')}
${tile('sold: guaranteed to tenants', formatNumber(total?.sold.petaflops ?? 0), 'PF', 'var(--sold)')}
${tile('left to sell', formatNumber(total?.free.petaflops ?? 0), 'PF', 'var(--good)')}
${tile('NPUs', formatNumber(total?.peak.npus ?? 0), '')}
${tile('servers', formatNumber(total?.servers ?? 0), '')}
</ul>`,
      section('Petaflops over time', await figure(overTime(report))),
      section(
        'Who has them',
        html`${await figure(shares(report))}<h3>Tenants</h3>${tenantTable(report)}`,
      ),
      section(
        'Where pods have a place',
        html`<p>Each box is a rack, each bar a server with its NPUs. Servings lie where they run at least, the rest of each guarantee as pods of whole servers. That they fit is shown by this packing; where the scheduler puts them is its own choice.</p>${mapLegend(report)}${report.clusters.map((cluster) => clusterMap(report, cluster))}`,
      ),
      section('Models', models(report)),
      section('Localization', await localizationSection(report)),
      section('Precision and pools', pools(report)),
      section('Proofs', proofSection(report)),
      section(
        'Assumptions',
        html`<p>What the data says without a source.</p><ul>${report.assumptions.map(
          ({ about, reason }) => html`<li><strong>${about}</strong>: ${reason}.</li>`,
        )}</ul>`,
      ),
    ],
  });
}

function section(title: string, content: Html): Html {
  return html`<section><h2>${title}</h2>${content}</section>
`;
}

function tile(what: string, value: string, unit: string, tone?: string): Html {
  const style = tone ? html` style="--tone: ${tone}"` : '';
  return html`<li class="tile"${style}><strong>${value} ${unit}</strong><span>${what}</span></li>`;
}

function models({ phases }: CapacityReport): Html {
  const rows = phases.flatMap((phase) =>
    phase.models.map((model) => [
      model.model,
      phase.cluster,
      formatNumber(model.servings),
      formatNumber(model.replicas),
      formatNumber(model.running.npus),
      formatNumber(model.running.petaflops),
    ]),
  );
  return rows.length === 0
    ? html`<p class="muted">No model is served.</p>`
    : table(
        'Models that are declared to run, at the replicas that always do; PF: dense FP16 of their NPUs',
        ['model', 'cluster', 'servings', 'replicas', 'NPUs', 'PF'],
        rows,
        [2, 3, 4, 5],
      );
}

function pools({ clusters }: CapacityReport): Html {
  const known = (value: number | undefined) => (value === undefined ? '–' : formatNumber(value));
  return table(
    'Servers of each pool, NPUs that can be used, and dense peaks by precision',
    [
      'pool',
      'servers',
      'out of service',
      'reserved NPUs',
      'spare NPUs',
      'usable NPUs',
      'FP16 PF',
      'BF16 PF',
      'INT8 POPS',
    ],
    clusters.flatMap(({ name, pools: own }) =>
      own.map(({ name: pool, serverForm, accelerator, hosts, npusPerServer, supply }) => [
        `${name}/${pool}`,
        `${formatNumber(hosts.length)} × ${serverForm} (${npusPerServer} × ${accelerator})`,
        formatNumber(sum(hosts.map((host) => (host.inService ? 0 : 1)))),
        formatNumber(supply.reserved.npus),
        formatNumber(supply.spare.npus),
        formatNumber(supply.usable.npus),
        formatNumber(supply.peak.petaflops),
        known(supply.peak.bf16Petaflops),
        known(supply.peak.int8Petaops),
      ]),
    ),
    [2, 3, 4, 5, 6, 7, 8],
  );
}
