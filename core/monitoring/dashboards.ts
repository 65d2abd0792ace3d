/** Small model of Grafana's dashboard JSON: what our dashboards need of it, and its layout. */
import { type DataFile, readData } from '../data-files';
import { withObjectLabels } from './per-object';

/** Latest schema (grafana/grafana apps/dashboard/pkg/migration/schemaversion: LATEST_VERSION). */
const SCHEMA_VERSION = 42;
const GRID_COLUMNS = 24;

const DATASOURCE = { type: 'prometheus', uid: '$datasource' } as const;

/** Columns of 24, and rows. */
const SIZES = {
  stat: { w: 6, h: 4 },
  timeseries: { w: 12, h: 8 },
  table: { w: 24, h: 8 },
} as const;

/** A panel before it has its place. */
interface PanelEntry {
  readonly title: string;
  /** `stat` shows the last value, `table` the last value of each series. */
  readonly type: keyof typeof SIZES;
  /** Of Grafana (packages/grafana-data/src/valueFormats/categories.ts). @default 'none' */
  readonly unit?: 'none' | 'short' | 'percent' | 'percentunit' | 'celsius' | 's' | 'reqps';
  readonly queries: readonly {
    readonly expr: string;
    /** Name of a series, `{{cluster}}`. @default - none */
    readonly legend?: string;
  }[];
  readonly note?: string;
}

/** A variable with the values of a label. */
interface LabelVariable {
  readonly name: string;
  /** `label_values(metric{…}, label)`. */
  readonly query: string;
  /** Whether several values, or all, can be chosen; queries then match with `=~`. */
  readonly several: boolean;
}

/** What `data/dashboards.json` holds. */
export interface DashboardsFile extends DataFile {
  readonly dashboards: readonly {
    /** Stays as it is: links of users point at it. */
    readonly uid: string;
    readonly title: string;
    readonly variables: readonly LabelVariable[];
    readonly panels: readonly PanelEntry[];
    readonly note?: string;
  }[];
}

/** What the sidecar hands to Grafana. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly [key: string]: unknown;
}

/** From the whole to the single model. */
export const DASHBOARDS: readonly Dashboard[] = readData<DashboardsFile>(
  __dirname,
  'data/dashboards.json',
).dashboards.map(({ uid, title, variables, panels }) => ({
  uid,
  title,
  tags: ['ai-computing-centre'],
  schemaVersion: SCHEMA_VERSION,
  editable: false,
  refresh: '1m',
  time: { from: 'now-6h', to: 'now' },
  timezone: 'browser',
  templating: {
    list: [
      { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' },
      ...variables.map(variable),
    ],
  },
  panels: layout(panels),
}));

function variable({ name, query, several }: LabelVariable) {
  return {
    name,
    type: 'query',
    datasource: DATASOURCE,
    query: { query, refId: name },
    // On time range change: clusters, tenants and models come and go.
    refresh: 2,
    sort: 1,
    multi: several,
    includeAll: several,
    ...(several ? { current: { text: 'All', value: '$__all' } } : {}),
  };
}

/** Fills rows from the left; a panel that does not fit begins a new row. */
function layout(panels: readonly PanelEntry[]) {
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  return panels.map((entry) => {
    const { w, h } = SIZES[entry.type];
    if (x + w > GRID_COLUMNS) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const gridPos = { x, y, w, h };
    x += w;
    rowHeight = Math.max(rowHeight, h);
    return panel(entry, gridPos);
  });
}

function panel({ title, type, unit = 'none', queries }: PanelEntry, gridPos: object) {
  return {
    title,
    type,
    datasource: DATASOURCE,
    gridPos,
    fieldConfig: { defaults: { unit }, overrides: [] },
    ...(type === 'stat'
      ? { options: { reduceOptions: { calcs: ['lastNotNull'] }, textMode: 'value_and_name' } }
      : {}),
    targets: queries.map(({ expr, legend = '' }, index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      datasource: DATASOURCE,
      expr: withObjectLabels(expr),
      legendFormat: legend,
      ...(type === 'table' ? { instant: true, format: 'table' } : {}),
    })),
  };
}
