import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { runProgram } from '../../cli/run-program';
import { canaryRules, monitoringRules } from '../../constructs/compute-cluster/monitoring';
import { CANARY, SAMPLE } from './sample';

/** Writes the rules of a cluster and has promtool check them and run `*.test.yaml` on them. */
async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'aicc-rules-'));
  try {
    // The tests name rules.yaml, which promtool looks for beside them.
    writeFileSync(
      join(folder, 'rules.yaml'),
      stringify({ groups: [canaryRules(CANARY), ...monitoringRules(SAMPLE)] }),
    );
    const tests = readdirSync(__dirname).filter((file) => file.endsWith('.test.yaml'));
    for (const file of tests) copyFileSync(join(__dirname, file), join(folder, file));
    const checked = await promtool(folder, ['check', 'rules', 'rules.yaml']);
    return checked === 0 ? await promtool(folder, ['test', 'rules', ...tests]) : checked;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
