import { type DataFile, readData } from '../data-files';

/** One metric that rules and dashboards read. */
export interface Metric {
  readonly name: string;
  /** Unit of a value; `1` for counts, states and ratios. */
  readonly unit: string;
  /** Labels by which series of different objects differ. */
  readonly labels: readonly string[];
}

/** Where metrics come from. */
export interface MetricSource {
  readonly name: string;
  /** Who installs what exposes them: this package, or somebody before it is applied. */
  readonly installedBy:
    | 'this package'
    | 'this package, where it manages the exporter'
    | 'prerequisite';
  /** Where names, units and labels were read. */
  readonly source: string;
  readonly metrics: readonly Metric[];
  /** What has to be set so that the metrics look as the rules expect. @default - nothing */
  readonly needs?: string;
}

/** Metrics of one unit and with the same labels. */
interface MetricsEntry extends Pick<Metric, 'unit'> {
  /** Name of the objects that they are about, whose labels they have. @default - they have `labels` alone */
  readonly of?: string;
  /** Further labels. @default - none */
  readonly labels?: readonly string[];
  readonly names: readonly string[];
  /** Whether each is a histogram: a sum in the unit, a count and buckets. @default false */
  readonly histogram?: true;
  readonly note?: string;
}

/** What `data/metric-sources.json` holds. */
export interface MetricSourcesFile extends DataFile {
  /** Labels of objects that several metrics are about, by name. */
  readonly objects: Readonly<
    Record<string, { readonly labels: readonly string[]; readonly note?: string }>
  >;
  readonly sources: readonly (Omit<MetricSource, 'metrics'> & {
    readonly metrics: readonly MetricsEntry[];
    readonly note?: string;
  })[];
}

const { objects, sources } = readData<MetricSourcesFile>(__dirname, 'data/metric-sources.json');

function metrics({ of = '', labels = [], unit, names, histogram }: MetricsEntry): Metric[] {
  const all = [...(objects[of]?.labels ?? []), ...labels];
  return names.flatMap((name) =>
    histogram
      ? [
          { name: `${name}_sum`, unit, labels: all },
          { name: `${name}_count`, unit: '1', labels: all },
          { name: `${name}_bucket`, unit: '1', labels: [...all, 'le'] },
        ]
      : { name, unit, labels: all },
  );
}

/**
 * Every metric that rules and dashboards may name, beside recording rules of ours: a test holds
 * them to this table, and their labels to those that are given here.
 */
export const METRIC_SOURCES: readonly MetricSource[] = sources.map(({ note: _, ...source }) => ({
  ...source,
  metrics: source.metrics.flatMap(metrics),
}));
