import { Command, InvalidArgumentError } from 'commander';
import { validateDay } from '../../core/validate';
import { UserError } from '../errors';
import { readCapacity } from '../read-capacity';
import { writeWhole } from '../write-whole';
import { hostnames, hostnamesText } from './hostnames';
import { localizationPage } from './page';
import { clusterPlans, planText, unfitSteps } from './plan';
import { readLocalization } from './read';
import { statesAt, totalsOf } from './state';
import { localizationText } from './text';

interface Options {
  readonly output: string;
  readonly json?: boolean;
  readonly at?: string;
  readonly html?: string;
}

/** `aicc localization`, with `plan` and `hostnames` below it */
export function localizationCommand(): Command {
  return withOutput(new Command('localization'))
    .option('--at <date>', 'on a day, YYYY-MM-DD (default: all steps that were taken)', day)
    .option('--html <file>', 'write one self-contained page with charts')
    .action(progress)
    .addCommand(planCommand())
    .addCommand(hostnamesCommand());
}

function withOutput(command: Command): Command {
  return command
    .option('-o, --output <folder>', 'folder that was synthesized into', 'cdktf.out')
    .option('--json', 'the same as JSON');
}

async function progress({ output, json, at, html }: Options): Promise<void> {
  const { displayName, replacements } = readLocalization(output);
  const unfit = unfitSteps(clusterPlans(readCapacity(output)));
  const states = statesAt(replacements, at, unfit);
  if (html !== undefined) {
    writeWhole(new Map([[html, await localizationPage(displayName, states, at)]]));
    console.error(`written: ${html}`);
    if (!json) return;
  }
  const data = () => ({
    ...(at === undefined ? {} : { at }),
    totals: totalsOf(states),
    replacements: states,
    hostnames: hostnames(replacements),
  });
  print(json ? JSON.stringify(data(), null, 2) : localizationText(states, at));
}

function planCommand(): Command {
  return withOutput(new Command('plan'))
    .description('print in which order the open steps fit into the NPUs of each cluster')
    .action((_options, command: Command) => {
      const { output, json } = ownOptions(command);
      const plans = clusterPlans(readCapacity(output));
      print(json ? JSON.stringify({ plans }, null, 2) : planText(plans));
    });
}

function hostnamesCommand(): Command {
  return withOutput(new Command('hostnames'))
    .description('print the hosts of all aliases and their clusters, for the DNS of the site')
    .action((_options, command: Command) => {
      const { output, json } = ownOptions(command);
      const hosts = hostnames(readLocalization(output).replacements);
      print(json ? JSON.stringify({ hostnames: hosts }, null, 2) : hostnamesText(hosts));
    });
}

/** Options of a command below `localization`, which takes those of its parent, too. */
function ownOptions(command: Command): Options {
  const { at, html, ...options } = command.optsWithGlobals<Options>();
  if (at === undefined && html === undefined) return options;
  throw new UserError([
    `--at and --html are of \`aicc localization\` alone; leave them out, got: ${command.name()} ${at === undefined ? `--html ${html}` : `--at ${at}`}`,
  ]);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function day(text: string): string {
  const [problem] = validateDay('a day', text);
  if (problem === undefined) return text;
  throw new InvalidArgumentError('must be a day as YYYY-MM-DD.');
}
