import { Command } from 'commander';
import { runChecks } from '../checks/run-checks';
import { checkJson, checkText } from '../checks/text';
import { type LiveOptions, liveOptions, openLive } from '../live/options';
import { PREFLIGHT } from './registry';
import { preflightSubject } from './subject';

/** `aicc preflight PHASE` */
export function preflightCommand(): Command {
  return liveOptions(new Command('preflight').argument('<phase>', 'id, phase-100p')).action(
    async (id: string, options: LiveOptions) => {
      const { phase, cluster } = openLive(id, options);
      const report = await runChecks(PREFLIGHT, preflightSubject(phase, cluster));
      const text = options.json ? checkJson(report) : checkText(report);
      process.stdout.write(`${text}\n`);
      if (report.result === 'failed') process.exitCode = 1;
      cluster.close();
    },
  );
}
