import { Command } from 'commander';
import { ValidationError } from '../core/errors';
import { version } from '../package.json';
import { UserError } from './errors';

// A reader that has seen enough (`| head`) is no failure: the command ends as it would have, and cleans up.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** Each is loaded when it is asked for: some need all of cdktf, and a review has little time. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  manifests: async () => (await import('./manifests/command')).manifestsCommand(),
  models: async () => (await import('./models/command')).modelsCommand(),
  capacity: async () => (await import('./capacity/command')).capacityCommand(),
  localization: async () => (await import('./localization/command')).localizationCommand(),
  preflight: async () => (await import('./preflight/command')).preflightCommand(),
  import: async () => (await import('./import/command')).importCommand(),
  rehearse: async () => (await import('./rehearse/command')).rehearseCommand(),
  verify: async () => (await import('./verify/command')).verifyCommand(),
  review: async () => (await import('./review/command')).reviewCommand(),
  tenants: async () => (await import('./tenants/command')).tenantsCommand(),
  tenant: async () => (await import('./tenant/command')).tenantCommand(),
};

async function main(): Promise<void> {
  const program = new Command('aicc')
    .description('Ascend AI computing centres as code: what the synthesized stacks stand for')
    .version(version);
  const asked = Object.keys(COMMANDS).filter((name) => name === process.argv[2]);
  for (const name of asked.length > 0 ? asked : Object.keys(COMMANDS)) {
    const command = await COMMANDS[name]?.();
    if (command) program.addCommand(command);
  }
  await program.parseAsync();
}

main().catch((error: unknown) => {
  if (!(error instanceof UserError) && !(error instanceof ValidationError)) throw error;
  console.error(error.message.replace(/^/gm, 'error: '));
  process.exitCode = 1;
});
