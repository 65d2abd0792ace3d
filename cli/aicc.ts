import { Command } from 'commander';
import { ValidationError } from '../core/errors';
import { version } from '../package.json';
import { UserError } from './errors';

// A reader that has seen enough (`| head`) is no failure: the command ends as it would have, and cleans up.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

interface Entry {
  readonly description: string;
  readonly load: () => Promise<Command>;
}

/** Only the command that is asked for is loaded: a list of all of them has little time. */
const COMMANDS: Readonly<Record<string, Entry>> = {
  manifests: {
    description:
      'print the Kubernetes objects of synthesized stacks as the provider sends them, as YAML, in apply order',
    load: async () => (await import('./manifests/command')).manifestsCommand(),
  },
  models: {
    description: 'print which models of the catalogue run on which servers, and how',
    load: async () => (await import('./models/command')).modelsCommand(),
  },
  capacity: {
    description:
      'print what the centre has, what is sold and what is left, and what was proven about it',
    load: async () => (await import('./capacity/command')).capacityCommand(),
  },
  localization: {
    description: 'print how far foreign models are replaced by domestic ones, and what is blocked',
    load: async () => (await import('./localization/command')).localizationCommand(),
  },
  preflight: {
    description:
      'look whether a live cluster is ready for a phase, without changing anything; exit code 1 where something is not',
    load: async () => (await import('./preflight/command')).preflightCommand(),
  },
  import: {
    description:
      'make import blocks for the objects of a phase that a live cluster has, without changing anything there: to adopt them, or to build lost state anew',
    load: async () => (await import('./import/command')).importCommand(),
  },
  rehearse: {
    description:
      'bring synthesized phases up on a control plane with simulated nodes and compare with the inventory; exit code 1 where something is not as promised',
    load: async () => (await import('./rehearse/command')).rehearseCommand(),
  },
  verify: {
    description:
      'wait until a deployed phase is what was declared: roll-outs, NPUs, quotas, queues, routes, monitors; exit code 1 where it is not in time',
    load: async () => (await import('./verify/command')).verifyCommand(),
  },
  review: {
    description: 'say what a change means, what it endangers and whether it may go out',
    load: async () => (await import('./review/command')).reviewCommand(),
  },
  tenants: {
    description: 'print what all tenants have been promised, by phase and in total',
    load: async () => (await import('./tenants/command')).tenantsCommand(),
  },
  tenant: {
    description:
      'print what a tenant has been promised, as a page in Markdown that can be sent to it',
    load: async () => (await import('./tenant/command')).tenantCommand(),
  },
};

async function main(): Promise<void> {
  const program = new Command('aicc')
    .description('Ascend AI computing centres as code: what the synthesized stacks stand for')
    .version(version);
  const [first, second] = process.argv.slice(2);
  const asked = first === 'help' ? second : first;
  for (const [name, { description, load }] of Object.entries(COMMANDS)) {
    const command = name === asked ? await load() : new Command(name);
    program.addCommand(command.description(description));
  }
  await program.parseAsync();
}

main().catch((error: unknown) => {
  if (!(error instanceof UserError) && !(error instanceof ValidationError)) throw error;
  console.error(error.message.replace(/^/gm, 'error: '));
  process.exitCode = 1;
});
