import { Command } from 'commander';
import { readCapacity } from '../read-capacity';
import { writeWhole } from '../write-whole';
import { capacityText } from './text';

/** `aicc capacity` */
export function capacityCommand(): Command {
  return new Command('capacity')
    .option('-o, --output <folder>', 'folder that was synthesized into', 'cdktf.out')
    .option('--json', 'the same as JSON: capacity.json as it was written')
    .option('--html <file>', 'write one self-contained page with charts and maps')
    .action(async (options: { output: string; json?: boolean; html?: string }) => {
      const report = readCapacity(options.output);
      if (options.html !== undefined) {
        // Charts are a megabyte that the text has no use for.
        const { capacityPage } = await import('./page');
        writeWhole(new Map([[options.html, await capacityPage(report)]]));
        console.error(`written: ${options.html}`);
        if (!options.json) return;
      }
      process.stdout.write(
        `${options.json ? JSON.stringify(report, null, 2) : capacityText(report)}\n`,
      );
    });
}
