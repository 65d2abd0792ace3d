import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { runProgram } from '../../cli/run-program';
import {
  canaryRules,
  monitoringRules,
  type RuleGroup,
} from '../../constructs/compute-cluster/monitoring';
import { dashboardTests } from './dashboards';
import { CANARY, SAMPLE } from './sample';
import type { TestFile } from './test-file';
import { withTwoExporters } from './two-exporters';

/**
 * Writes the rules of a cluster and has promtool check them and run `*.test.yaml` and the queries of the
 * dashboards on them: as they are, and once more where two exporters tell of every object.
 */
async function main(): Promise<number> {
  const groups = [canaryRules(CANARY), ...monitoringRules(SAMPLE)];
  const tests: Record<string, TestFile> = {
    ...Object.fromEntries(
      readdirSync(__dirname)
        .filter((file) => file.endsWith('.test.yaml'))
        .map((file) => [file, read(file)]),
    ),
    'dashboards.test.yaml': dashboardTests(read('dashboards.yaml')),
  };
  const untested = withoutTest(groups, Object.values(tests));
  if (untested.length > 0) {
    console.error(`no test in which these rules give something: ${untested.join(', ')}`);
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'aicc-rules-'));
  const write = (file: string, content: unknown) =>
    writeFileSync(join(folder, file), stringify(content, { lineWidth: 0 }));
  try {
    // The tests name rules.yaml, which promtool looks for beside them.
    write('rules.yaml', { groups });
    for (const [file, test] of Object.entries(tests)) {
      write(file, test);
      write(`two-exporters-${file}`, withTwoExporters(test));
    }
    const files = Object.keys(tests).flatMap((file) => [file, `two-exporters-${file}`]);
    const checked = await promtool(folder, ['check', 'rules', 'rules.yaml']);
    return checked === 0 ? await promtool(folder, ['test', 'rules', ...files]) : checked;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// biome-ignore lint/suspicious/noExplicitAny: files of our own, whose form promtool checks
function read(file: string): any {
  return parse(readFileSync(join(__dirname, file), 'utf8'));
}

/** Rules of which no test expects a series: that two exporters give the same would say nothing of them. */
function withoutTest(groups: readonly RuleGroup[], files: readonly TestFile[]): string[] {
  const given = files
    .flatMap(({ tests }) => tests)
    .flatMap(({ promql_expr_test = [] }) => promql_expr_test)
    .flatMap(({ exp_samples }) => exp_samples.map(({ labels }) => labels));
  return groups
    .flatMap(({ rules }) => rules)
    .map((rule) => ('record' in rule ? `${rule.record}{` : `ALERTS{alertname="${rule.alert}"`))
    .filter((start) => !given.some((labels) => labels.startsWith(start)));
}

async function promtool(cwd: string, args: string[]): Promise<number> {
  const { code, stdout, stderr } = await runProgram('promtool', args, { cwd });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  return code;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: NodeJS.ErrnoException) => {
    process.exitCode = 1;
    console.error(
      error.code === 'ENOENT'
        ? 'promtool is not installed: it comes with Prometheus (Debian package prometheus, prometheus.io/download)'
        : error,
    );
  },
);
