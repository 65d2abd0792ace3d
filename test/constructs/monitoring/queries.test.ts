import {
  canaryRules,
  DASHBOARDS,
  METRIC_SOURCES,
  monitoringRules,
} from '../../../constructs/compute-cluster/monitoring';
import { checkQuery } from '../../helpers/promql';
import { CANARY, SAMPLE } from '../../rules/sample';

interface Board {
  readonly title: string;
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly query: { readonly query: string } }[];
  };
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
  }[];
}

const BOARDS = DASHBOARDS as readonly unknown[] as readonly Board[];
const RULES = [canaryRules(CANARY), ...monitoringRules(SAMPLE)].flatMap(({ rules }) => rules);

const known = new Map(
  METRIC_SOURCES.flatMap(({ metrics }) => metrics.map(({ name, labels }) => [name, labels])),
);
const check = (expr: string) => checkQuery(expr, (metric) => known.get(metric));

/** Of every rule, in the order of their evaluation; what a rule records is known to those behind it. */
const RULE_PROBLEMS = RULES.flatMap((rule) => {
  const { labels, problems } = check(rule.expr);
  if ('record' in rule) {
    const earlier = known.get(rule.record) ?? [];
    known.set(rule.record, [...new Set([...earlier, ...labels, ...Object.keys(rule.labels)])]);
  }
  return problems;
});

test('rules read metrics of the table and rules before them, by labels that these have', () => {
  expect(RULE_PROBLEMS).toEqual([]);
  expect(known.get('aicc:serving_replicas_desired:sum')).toEqual([
    'namespace',
    'serving',
    'model',
    'cluster',
  ]);
});

test('alerts speak of labels that they have', () => {
  const missing = RULES.flatMap((rule) => {
    if (!('alert' in rule)) return [];
    const labels = [...check(rule.expr).labels, ...Object.keys(rule.labels)];
    const named = [...JSON.stringify(rule.annotations).matchAll(/\$labels\.(\w+)/g)];
    return named
      .filter(([, label = '']) => !labels.includes(label))
      .map(([text]) => `${rule.alert}: ${text}`);
  });
  expect(missing).toEqual([]);
});

describe.each(BOARDS)('dashboard $title', ({ templating, panels }) => {
  const variables = templating.list.map(({ name }) => name);
  const targets = panels.flatMap((panel) => panel.targets);

  test('reads metrics of the table and recording rules, by labels that these have', () => {
    expect(targets.length).toBeGreaterThan(5);
    expect(targets.flatMap(({ expr }) => check(expr).problems)).toEqual([]);
  });

  test('calls series by labels that they have', () => {
    const missing = targets.flatMap(({ expr, legendFormat }) => {
      const { labels } = check(expr);
      return [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)]
        .filter(([, label = '']) => !labels.includes(label))
        .map(([text]) => `${text} of ${expr}`);
    });
    expect(missing).toEqual([]);
  });

  test('has the variables that it uses, each with values of a label that is there', () => {
    const queries = templating.list.flatMap(({ query }) => query.query ?? []);
    const used = [...targets.map(({ expr }) => expr), ...queries].flatMap((text) =>
      [...text.matchAll(/\$(\w+)/g)].map(([, name = '']) => name),
    );
    expect(new Set(used.filter((name) => name !== '__rate_interval'))).toEqual(
      new Set(variables.filter((name) => name !== 'datasource')),
    );
    for (const query of queries) {
      const [, expr = '', label] = /^label_values\((.+), (\w+)\)$/.exec(query) ?? [];
      const { labels, problems } = check(expr);
      expect(problems).toEqual([]);
      expect(labels).toContain(label);
    }
  });
});

test.each([
  ['nothing', ['no metric nothing']],
  ['up{pod="a"}', ['no label pod in: up{pod="a"}']],
  ['sum by (node) (up)', ['no label node in: sum by (node) (up)']],
  ['up and on (node) machine_npu_nums', ['no label node in: up and on (node) machine_npu_nums']],
  ['up * on (job) group_left (node) up', ['no label node in: up * on (job) group_left (node) up']],
  ['label_replace(up, "a", "$1", "node", "(.+)")', [expect.stringMatching(/^no label node in/)]],
  ['histogram_quantile(0.5, up)', ['no label le in: histogram_quantile(0.5, up)']],
])('%s has problems', (expr, problems) => {
  expect(check(expr).problems).toEqual(problems);
});

test.each([
  ['1 - up', ['job', 'instance', 'cluster']],
  ['up / on (job) up', ['job']],
  ['up * on (job) group_left () up', ['job', 'instance', 'cluster']],
  ['sum by (job) (up) unless on (job) up', ['job']],
  ['absent(up{job="a"})', ['job']],
  ['count(up) or vector(0)', []],
])('%s has the labels %j', (expr, labels) => {
  expect(check(expr)).toEqual({ labels, problems: [] });
});

test('what is no PromQL is no query', () => {
  expect(() => check('sum by (a (up)')).toThrow(/no PromQL/);
});
