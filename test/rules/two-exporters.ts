import { METRIC_SOURCES } from '../../constructs/compute-cluster/monitoring';
import type { InputSeries, TestFile } from './test-file';

/** Labels that Prometheus gives a series from its target, where the series does not have them. */
const OF_TARGETS = ['job', 'instance', 'endpoint', 'namespace', 'pod', 'container', 'service'];

/** Beside them what two exporters may not agree upon: of the pod that one of them remembers. */
const EXTRA = [...OF_TARGETS, 'uid'];

/** Series of Prometheus itself, which are about targets: of two there are two. */
const ITSELF = 'Prometheus';

const METRICS = new Map(
  METRIC_SOURCES.filter(({ name }) => name !== ITSELF).flatMap(({ metrics }) =>
    metrics.map(({ name, labels }) => [name, labels]),
  ),
);

/** The same tests where two exporters tell of every object: their results are to be the same. */
export function withTwoExporters(file: TestFile): TestFile {
  return {
    ...file,
    tests: file.tests.map((test) => ({
      ...test,
      name: `${test.name} (two exporters)`,
      input_series: test.input_series.flatMap(twice),
    })),
  };
}

function twice(input: InputSeries): InputSeries[] {
  const [, metric = '', given = ''] = /^([\w:]+)(?:\{(.*)\})?$/.exec(input.series) ?? [];
  const own = METRICS.get(metric);
  if (!own) return [input];
  const named = [...given.matchAll(/(\w+)=/g)].map(([, label = '']) => label);
  const free = EXTRA.filter((label) => !own.includes(label) && !named.includes(label));
  return ['first', 'second'].map((exporter) => ({
    ...input,
    series: `${metric}{${[...(given ? [given] : []), ...free.map((label) => `${label}="${exporter}"`)].join(', ')}}`,
  }));
}
