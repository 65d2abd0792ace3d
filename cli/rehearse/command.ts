import { Command } from 'commander';
import { readPhases } from '../declared/phase';
import { UserError } from '../errors';
import type { Target } from '../live/cluster';
import { aboveZero } from '../numbers';
import { cleanUp, wasInterrupted } from '../process/clean-up';
import { progressOn } from './progress';
import { rehearse } from './rehearse';
import { rehearsalText } from './text';

interface Options {
  readonly output: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly crds?: string;
  readonly patience: number;
  readonly json?: boolean;
}

/** `aicc rehearse [PHASE…]` */
export function rehearseCommand(): Command {
  return new Command('rehearse')
    .argument('[phases...]', 'ids, phase-100p; all phases where there are none')
    .option('-o, --output <folder>', 'folder that was synthesized into', 'cdktf.out')
    .option('--kubeconfig <file>', 'of an empty kwok cluster to use instead of one of its own')
    .option('--context <name>', 'context in that file; must be named')
    .option('--crds <folder>', 'CRDs of upstream releases, <group>_<plural>.yaml')
    .option('--patience <seconds>', 'give up pods after so long without any change', aboveZero, 30)
    .option('--json', 'the report as JSON')
    .action(run);
}

async function run(wanted: string[], options: Options): Promise<void> {
  const given = givenTarget(options);
  const phases = readPhases(options.output, wanted);
  const progress = progressOn(process.stderr);
  try {
    const { patience, crds } = options;
    const report = await rehearse(phases, given, { patience, crds, ...progress });
    progress.now('');
    const text = options.json ? JSON.stringify(report, null, 2) : rehearsalText(report);
    process.stdout.write(`${text}\n`);
    if (report.result === 'failed') process.exitCode = 1;
  } catch (error) {
    // What fails after a signal is its consequence; the handler ends the process.
    if (!wasInterrupted()) throw error;
    await new Promise(() => {});
  } finally {
    await cleanUp();
  }
}

function givenTarget({ kubeconfig, context }: Options): Target | undefined {
  if (!kubeconfig && !context) return undefined;
  if (kubeconfig && context) return { kubeconfig, context };
  throw new UserError([
    `name both --kubeconfig and --context, got: '${kubeconfig ?? ''}' and '${context ?? ''}'`,
  ]);
}
