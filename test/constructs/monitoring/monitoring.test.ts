import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { parse } from 'yaml';
import type { KubernetesObject } from '../../../cli/manifests/render';
import {
  type AlertingRule,
  canaryRules,
  Monitoring,
  monitoringRules,
} from '../../../constructs/compute-cluster/monitoring';
import { problemsOf } from '../../helpers/cluster';
import { Template, testStack } from '../../helpers/template';
import { CANARY, SAMPLE } from '../../rules/sample';

const ROOT = join(__dirname, '../../..');
const PROPS = { ...SAMPLE, namespace: 'monitoring', npuExporter: true, labels: { release: 'kps' } };
const RULES = [canaryRules(CANARY), ...monitoringRules(SAMPLE)].flatMap((group) => group.rules);
const ALERTS = RULES.filter((rule): rule is AlertingRule => 'alert' in rule);

function objects(props = PROPS): KubernetesObject[] {
  const stack = testStack();
  new Monitoring(stack, 'monitoring', props);
  return Template.of(stack).objects();
}

test('rules and monitors are valid objects, found by the labels of Prometheus', () => {
  const made = objects();
  const rules = made.filter((object) => object.kind === 'PrometheusRule');
  const monitors = made.filter((object) => object.kind === 'PodMonitor');
  expect([rules.length, monitors.length]).toEqual([1, 2]);
  for (const rule of rules) new PrometheusRule(rule as never).validate();
  for (const monitor of monitors) new PodMonitor(monitor as never).validate();
  for (const { metadata } of [...rules, ...monitors]) {
    expect(metadata).toMatchObject({ namespace: 'monitoring', labels: { release: 'kps' } });
  }
  const own = objects({ ...PROPS, npuExporter: false });
  expect(own.filter((object) => object.kind === 'PodMonitor')).toHaveLength(1);
});

test('every alert has severity, summary and a section in the runbook, and every section an alert', () => {
  const runbook = readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8');
  const sections = [...runbook.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
  expect(sections.filter((title) => title !== 'Prerequisites').sort()).toEqual(
    ALERTS.map((rule) => rule.alert).sort(),
  );
  for (const { alert, labels, annotations } of ALERTS) {
    expect(['critical', 'warning', 'info']).toContain(labels.severity);
    expect(annotations.summary).not.toBe('');
    expect(annotations.runbook).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
  }
});

test('dashboards are JSON with uids of their own that the sidecar finds', () => {
  const maps = objects().filter((object) => object.kind === 'ConfigMap');
  const uids = maps.map(({ data, metadata }) => {
    expect(metadata).toMatchObject({ labels: { grafana_dashboard: '1' } });
    return JSON.parse(Object.values(data as Record<string, string>)[0] ?? '').uid;
  });
  expect(uids).toEqual(['aicc-centre', 'aicc-cluster', 'aicc-model', 'aicc-tenant']);
});

test('fails with all problems at once', () => {
  const problems = problemsOf(() =>
    objects({ ...PROPS, namespace: 'A', thresholds: { quotaUsed: 2, podPending: 1.5 } } as never),
  );
  expect(problems).toEqual([
    expect.stringMatching(/: namespace must be a DNS label.*got: 'A'$/),
    expect.stringMatching(/thresholds.quotaUsed must be above 0 and at most 1.*got: 2$/),
    expect.stringMatching(/thresholds.podPending must be a whole number of minutes.*got: 1.5$/),
  ]);
});

test('promtool is told of each alert when it fires and when it is silent', () => {
  const { tests } = parse(readFileSync(join(ROOT, 'test/rules/alerts.test.yaml'), 'utf8')) as {
    tests: { promql_expr_test?: { expr: string; exp_samples: unknown[] }[] }[];
  };
  const cases = tests.flatMap((entry) => entry.promql_expr_test ?? []);
  const named = (fires: boolean) =>
    new Set(
      cases
        .filter(({ exp_samples }) => exp_samples.length > 0 === fires)
        .map(({ expr }) => /alertname="(\w+)"/.exec(expr)?.[1]),
    );
  const names = new Set(ALERTS.map((alert) => alert.alert));
  expect(named(true)).toEqual(names);
  expect(named(false)).toEqual(names);
});
