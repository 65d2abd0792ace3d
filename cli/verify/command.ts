import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import type { CheckReport } from '../checks/check';
import { runChecks } from '../checks/run-checks';
import { checkJson, checkText } from '../checks/text';
import type { DeclaredPhase } from '../declared/phase';
import type { LiveCluster } from '../live/cluster';
import { type LiveOptions, liveOptions, openLive } from '../live/options';
import { aboveZero } from '../numbers';
import { VERIFY } from './registry';
import { verifySubject } from './subject';

interface Options extends LiveOptions {
  readonly timeout: number;
}

/** `aicc verify PHASE` */
export function verifyCommand(): Command {
  return liveOptions(new Command('verify').argument('<phase>', 'id, phase-100p'))
    .option('--timeout <seconds>', 'how long to wait; models load for long', aboveZero, 3600)
    .action(async (id: string, options: Options) => {
      const { phase, cluster } = openLive(id, options);
      const say = (line: string) => process.stderr.write(`${line}\n`);
      const report = await verify(phase, cluster, options.timeout, say);
      cluster.close();
      const text = options.json ? checkJson(report) : checkText(report);
      process.stdout.write(`${text}\n`);
      if (report.result === 'failed') process.exitCode = 1;
    });
}

/** Looks again until everything holds, or the time is over. @param say progress, where it changes */
export async function verify(
  phase: DeclaredPhase,
  cluster: LiveCluster,
  seconds: number,
  say: (line: string) => void,
): Promise<CheckReport> {
  const end = Date.now() + seconds * 1000;
  let told = '';
  for (;;) {
    const report = await runChecks(VERIFY, verifySubject(phase, cluster));
    if (report.result === 'passed' || Date.now() > end) return report;
    const line = progress(report);
    if (line !== told) say(line);
    told = line;
    await pause(Math.min(2000, Math.max(0, end - Date.now())));
  }
}

function progress({ checks, findings }: CheckReport): string {
  const open = checks.filter(({ result }) => result === 'failed');
  const first = findings.find(({ level }) => level === 'error');
  return `${checks.length - open.length} of ${checks.length} hold, ${findings.length} findings; ${first?.path} ${first?.statement}`;
}
