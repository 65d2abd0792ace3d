import { Command } from 'commander';
import { ValidationError } from '../constructs/errors';
import { version } from '../package.json';
import { capacityCommand } from './capacity/command';
import { UserError } from './errors';
import { importCommand } from './import/command';
import { manifestsCommand } from './manifests/command';
import { modelsCommand } from './models/command';
import { preflightCommand } from './preflight/command';
import { rehearseCommand } from './rehearse/command';
import { tenantCommand } from './tenant/command';
import { tenantsCommand } from './tenants/command';
import { verifyCommand } from './verify/command';

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const program = new Command('aicc')
  .description('Ascend AI computing centres as code: what the synthesized stacks stand for')
  .version(version)
  .addCommand(manifestsCommand())
  .addCommand(modelsCommand())
  .addCommand(capacityCommand())
  .addCommand(preflightCommand())
  .addCommand(importCommand())
  .addCommand(rehearseCommand())
  .addCommand(verifyCommand())
  .addCommand(tenantsCommand())
  .addCommand(tenantCommand());

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof UserError) && !(error instanceof ValidationError)) throw error;
  console.error(error.message.replace(/^/gm, 'error: '));
  process.exitCode = 1;
});
