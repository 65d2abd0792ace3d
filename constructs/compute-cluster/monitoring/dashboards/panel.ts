/** Small model of Grafana's dashboard JSON: what our dashboards need of it, and its layout. */

/** Latest schema (grafana/grafana apps/dashboard/pkg/migration/schemaversion: LATEST_VERSION). */
const SCHEMA_VERSION = 42;
const GRID_COLUMNS = 24;

const DATASOURCE = { type: 'prometheus', uid: '$datasource' } as const;

/** Units of Grafana (packages/grafana-data/src/valueFormats/categories.ts). */
export type Unit = 'none' | 'short' | 'percent' | 'percentunit' | 'celsius' | 's' | 'reqps';

export interface Query {
  readonly expr: string;
  /** Name of a series, `{{cluster}}`. */
  readonly legend: string;
}

/** A panel before it has its place. */
export interface PanelProps {
  readonly title: string;
  /** `stat` shows the last value, `table` the last value of each series. */
  readonly type: 'timeseries' | 'stat' | 'table';
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** Columns of 24. */
  readonly width: 4 | 6 | 8 | 12 | 24;
  /** What the number means, where the title does not say it. @default - none */
  readonly description?: string;
}

/** A variable with the values of a label. */
export interface LabelVariable {
  readonly name: string;
  /** `label_values(metric{…}, label)`. */
  readonly query: string;
  /** Whether several values, or all, can be chosen; queries then match with `=~`. */
  readonly several: boolean;
}

export interface DashboardProps {
  /** Stays as it is: links of users point at it. */
  readonly uid: string;
  readonly title: string;
  readonly variables: readonly LabelVariable[];
  readonly panels: readonly PanelProps[];
}

/** What the sidecar hands to Grafana. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly [key: string]: unknown;
}

export function dashboard({ uid, title, variables, panels }: DashboardProps): Dashboard {
  return {
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
  };
}

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
function layout(panels: readonly PanelProps[]) {
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  return panels.map((props) => {
    const h = props.type === 'stat' ? 4 : 8;
    if (x + props.width > GRID_COLUMNS) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const gridPos = { x, y, w: props.width, h };
    x += props.width;
    rowHeight = Math.max(rowHeight, h);
    return panel(props, gridPos);
  });
}

function panel(props: PanelProps, gridPos: object) {
  const last = props.type === 'table';
  return {
    title: props.title,
    type: props.type,
    ...(props.description ? { description: props.description } : {}),
    datasource: DATASOURCE,
    gridPos,
    fieldConfig: { defaults: { unit: props.unit }, overrides: [] },
    ...(props.type === 'stat'
      ? { options: { reduceOptions: { calcs: ['lastNotNull'] }, textMode: 'value_and_name' } }
      : {}),
    targets: props.queries.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      datasource: DATASOURCE,
      expr,
      legendFormat: legend,
      ...(last ? { instant: true, format: 'table' } : {}),
    })),
  };
}

/** One series over time. */
export function graph(
  title: string,
  unit: Unit,
  queries: readonly Query[],
  width: PanelProps['width'] = 12,
): PanelProps {
  return { title, type: 'timeseries', unit, queries, width };
}

/** One number. */
export function stat(
  title: string,
  unit: Unit,
  expr: string,
  legend: string,
  width: PanelProps['width'] = 6,
): PanelProps {
  return { title, type: 'stat', unit, queries: [{ expr, legend }], width };
}

/** What holds now, one row a series. */
export function table(title: string, expr: string): PanelProps {
  return { title, type: 'table', unit: 'none', queries: [{ expr, legend: '' }], width: 24 };
}
