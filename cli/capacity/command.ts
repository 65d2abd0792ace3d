import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { UserError } from '../errors';
import { readCapacity } from '../read-capacity';
import { capacityPage } from './page';
import { capacityText } from './text';

/** `aicc capacity` */
export function capacityCommand(): Command {
  return new Command('capacity')
    .description(
      'print what the centre has, what is sold and what is left, and what was proven about it',
    )
    .option('-o, --output <folder>', 'folder that was synthesized into', 'cdktf.out')
    .option('--json', 'the same as JSON: capacity.json as it was written')
    .option('--html <file>', 'write one self-contained page with charts and maps')
    .action(async (options: { output: string; json?: boolean; html?: string }) => {
      const report = readCapacity(options.output);
      if (options.html !== undefined) {
        write(options.html, await capacityPage(report));
        console.error(`written: ${options.html}`);
        if (!options.json) return;
      }
      process.stdout.write(
        `${options.json ? JSON.stringify(report, null, 2) : capacityText(report)}\n`,
      );
    });
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UserError([
      `cannot write ${file}; name a file in a folder that is there, got: ${(error as NodeJS.ErrnoException).code}`,
    ]);
  }
}
