import { Command } from 'commander';
import { tenantFacts } from './facts';
import { tenantPage } from './page';

/** `aicc tenant NAME` */
export function tenantCommand(): Command {
  return new Command('tenant')
    .argument('<name>', 'name of the tenant')
    .option('-o, --output <folder>', 'folder that was synthesized into', 'cdktf.out')
    .option('--json', 'the same facts as JSON')
    .action((name: string, options: { output: string; json?: boolean }) => {
      const facts = tenantFacts(options.output, name);
      process.stdout.write(
        `${options.json ? JSON.stringify(facts, null, 2) : tenantPage(facts)}\n`,
      );
    });
}
