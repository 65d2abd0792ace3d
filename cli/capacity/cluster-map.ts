import {
  type CapacityReport,
  type ClusterCapacity,
  formatNumber,
  type HostEntry,
  type PlacedPod,
  type PoolCapacity,
  sum,
} from '../../core/capacity';
import { legend } from '../html/chart';
import { type Html, html, table } from '../html/html';
import { sectorsOf } from './sectors';

const CELL = { width: 9, height: 12, gap: 4 };

/** Racks and servers of a cluster, coloured by whose pods lie there. */
export function clusterMap(report: CapacityReport, cluster: ClusterCapacity): Html {
  const { placement, pools, name, phase } = cluster;
  const colours = new Map(
    sectorsOf(report).flatMap(({ tenants, colour }) =>
      tenants.map((t) => [t.name, colour] as const),
    ),
  );
  const byServer = new Map<string, PlacedPod[]>();
  for (const pod of placement.pods) {
    if (pod.npus > 0) byServer.set(pod.server, [...(byServer.get(pod.server) ?? []), pod]);
  }
  const racks = new Map<string, { host: HostEntry; pool: PoolCapacity }[]>();
  for (const pool of pools) {
    for (const host of pool.hosts) {
      racks.set(host.rack, [...(racks.get(host.rack) ?? []), { host, pool }]);
    }
  }
  const outcome =
    placement.outcome === 'placed'
      ? html`<span class="good">Every pod has a server</span>: ${placement.summary}.`
      : html`<span class="warn">${placement.summary}.</span>`;
  return html`<h3>${name} <span class="muted">(${phase})</span></h3>
<p>${outcome}</p>
<div class="racks">${[...racks].map(([rack, servers]) =>
    rackPicture(rack, servers, byServer, colours, name),
  )}</div>
<details class="long"><summary>Pods of ${name} by server</summary>${podTable(cluster, byServer)}</details>`;
}

function rackPicture(
  rack: string,
  servers: readonly { readonly host: HostEntry; readonly pool: PoolCapacity }[],
  byServer: ReadonlyMap<string, readonly PlacedPod[]>,
  colours: ReadonlyMap<string, string>,
  cluster: string,
): Html {
  const most = Math.max(...servers.map(({ pool }) => pool.npusPerServer));
  const width = most * CELL.width;
  const height = servers.length * (CELL.height + CELL.gap) - CELL.gap;
  const npus = sum(servers.map(({ pool }) => pool.npusPerServer));
  const taken = sum(
    servers.flatMap(({ host }) => (byServer.get(host.name) ?? []).map((pod) => pod.npus)),
  );
  const short = rack.startsWith(`${cluster}-`) ? rack.slice(cluster.length + 1) : rack;
  return html`<div class="rack"><svg role="img" aria-label="Rack ${rack}: ${servers.length} servers, ${taken} of ${npus} NPUs placed" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${servers.map(
    ({ host, pool }, index) =>
      serverPicture(
        host,
        pool,
        byServer.get(host.name) ?? [],
        colours,
        index * (CELL.height + CELL.gap),
      ),
  )}</svg><span>${short}</span></div>`;
}

/** A bar as wide as the server has NPUs, filled from the left by its pods. */
function serverPicture(
  host: HostEntry,
  pool: PoolCapacity,
  pods: readonly PlacedPod[],
  colours: ReadonlyMap<string, string>,
  y: number,
): Html {
  let at = 0;
  const parts = pods.map((pod) => {
    const x = at * CELL.width;
    at += pod.npus;
    const colour = colours.get(pod.owner) ?? 'var(--muted)';
    return html`<rect x="${x}" y="${y}" width="${pod.npus * CELL.width - 1}" height="${CELL.height}" fill="${colour}"/>`;
  });
  const whole = pool.npusPerServer * CELL.width - 1;
  const text = host.inService
    ? pods.map((pod) => `${pod.pod} (${pod.npus})`).join(', ') || 'empty'
    : 'out of service';
  return html`<g><title>${host.name}: ${text}</title><rect x="0" y="${y}" width="${whole}" height="${CELL.height}" fill="var(--free)"/>${parts}${
    host.inService
      ? ''
      : html`<path d="M0 ${y}L${whole} ${y + CELL.height}M0 ${y + CELL.height}L${whole} ${y}" stroke="var(--broken)" stroke-width="2"/>`
  }</g>`;
}

function podTable(
  { pools, name }: ClusterCapacity,
  byServer: ReadonlyMap<string, readonly PlacedPod[]>,
): Html {
  const hosts = pools.flatMap((pool) => pool.hosts.map((host) => ({ host, pool })));
  const used = hosts.filter(({ host }) => byServer.has(host.name));
  return html`${table(
    `Servers of ${name} with pods that hold NPUs; NPUs of each pod in brackets`,
    ['server', 'rack', 'NPUs', 'pods'],
    used.map(({ host, pool }) => {
      const pods = byServer.get(host.name) ?? [];
      return [
        host.name,
        host.rack,
        `${sum(pods.map((pod) => pod.npus))} of ${pool.npusPerServer}`,
        pods.map((pod) => `${pod.pod} (${pod.npus})`).join(', '),
      ];
    }),
    [2],
  )}<p>${formatNumber(hosts.length - used.length)} servers hold none of these pods.</p>`;
}

/** What the colours of the maps mean. */
export function mapLegend(report: CapacityReport): Html {
  return legend(
    [
      ...sectorsOf(report).map(({ name, colour }) => [name, colour] as const),
      ['free or spare', 'var(--free)'],
    ],
    html`<li><svg width="18" height="12" aria-hidden="true"><rect width="18" height="12" fill="var(--free)"/><path d="M0 0L18 12M0 12L18 0" stroke="var(--broken)" stroke-width="2"/></svg>out of service</li>`,
  );
}

export const MAP_STYLE = `
.racks { display: flex; flex-wrap: wrap; gap: .9rem .8rem; margin: .5rem 0; }
.rack { display: flex; flex-direction: column; align-items: center; gap: .15rem; break-inside: avoid; }
.rack svg { display: block; }
.rack span { font-size: .75rem; color: var(--muted); font-variant-numeric: tabular-nums; }
`;
