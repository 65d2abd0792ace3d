import { METRIC_SOURCES } from './metric-sources';

const LABELS = new Map(
  METRIC_SOURCES.flatMap(({ metrics }) => metrics.map(({ name, labels }) => [name, labels])),
);

function objectLabels(metric: string): string {
  const labels = LABELS.get(metric);
  if (!labels) throw new Error(`metric is not in METRIC_SOURCES; add it, got: ${metric}`);
  return labels.join(', ');
}

/** Writes `by (*)`, by the object of the metric behind it, out: `max by (*) (rate(metric[5m]))`. */
export function withObjectLabels(expr: string): string {
  return expr.replace(
    /by \(\*\) (\((?:\w+\()?([\w:]+))/g,
    (_, behind: string, metric: string) => `by (${objectLabels(metric)}) ${behind}`,
  );
}

/** What is read of the series of a metric, and which of several figures of one object counts. */
interface Reading {
  /** @default - the value as it is */
  readonly read?: (series: string) => string;
  /** @default 'max' */
  readonly counts?: 'max' | 'min';
}

/**
 * A metric as one series an object, however many tell of it. Two kube-state-metrics are there in each of its
 * rolling updates, a target that is gone is remembered for five minutes, and a site may scrape an exporter
 * twice: sums would count such objects double, joins fail, and what is recorded stays so.
 *
 * @param matchers `resource="cpu", unit="core"`
 * @throws Error for a metric that is not in `METRIC_SOURCES`
 */
export function perObject(
  metric: string,
  matchers = '',
  { read = (series) => series, counts = 'max' }: Reading = {},
): string {
  const series = matchers ? `${metric}{${matchers}}` : metric;
  return `${counts} by (${objectLabels(metric)}) (${read(series)})`;
}

/** Per second, of a counter. @param range `5m` */
export function ratePerObject(counter: string, range: string, matchers?: string): string {
  return perObject(counter, matchers, { read: (series) => `rate(${series}[${range}])` });
}
