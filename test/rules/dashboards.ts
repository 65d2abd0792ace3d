import { DASHBOARDS } from '../../constructs/compute-cluster/monitoring';
import type { InputSeries, QueryTest, TestFile } from './test-file';

/** `dashboards.yaml`: by dashboard and panel what each of its queries shows, `{ labels: value }`. */
export interface Expected {
  readonly input_series: readonly InputSeries[];
  readonly dashboards: Readonly<
    Record<string, Readonly<Record<string, readonly Readonly<Record<string, number>>[]>>>
  >;
}

interface Board {
  readonly title: string;
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

/** What is chosen on a dashboard. */
const CHOSEN = { cluster: 'c-1', tenant: 'nankai', model: 'qwen3-32b', __rate_interval: '5m' };

/**
 * A test of every query of every dashboard.
 * @throws Error where a panel has no expectation, or an expectation no panel
 */
export function dashboardTests({ input_series, dashboards }: Expected): TestFile {
  const queries: QueryTest[] = [];
  const left = new Set(
    Object.entries(dashboards).flatMap(([board, panels]) =>
      Object.keys(panels).map((panel) => `${board} / ${panel}`),
    ),
  );
  for (const { title, panels } of DASHBOARDS as readonly unknown[] as readonly Board[]) {
    const used = new Map<string, number>();
    for (const panel of panels) {
      left.delete(`${title} / ${panel.title}`);
      for (const { expr } of panel.targets) {
        // Panels of one title, a number and its graph, share a list.
        const index = used.get(panel.title) ?? 0;
        used.set(panel.title, index + 1);
        const samples = dashboards[title]?.[panel.title]?.[index];
        if (!samples) throw new Error(`dashboards.yaml lacks ${title} / ${panel.title} ${index}`);
        queries.push({
          expr: chosen(expr),
          eval_time: '10m',
          exp_samples: Object.entries(samples).map(([labels, value]) => ({ labels, value })),
        });
      }
    }
  }
  if (left.size > 0) throw new Error(`no such panels: ${[...left].join(', ')}`);
  return {
    rule_files: ['rules.yaml'],
    evaluation_interval: '1m',
    tests: [{ name: 'dashboards', interval: '1m', input_series, promql_expr_test: queries }],
  };
}

function chosen(expr: string): string {
  return Object.entries(CHOSEN).reduce(
    (text, [name, value]) => text.replaceAll(`$${name}`, value),
    expr,
  );
}
