import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { UserError } from '../errors';
import { type LiveOptions, liveOptions, openLive } from '../live/options';
import { importBlocks, type StackImports } from './blocks';

/** File beside `cdk.tf.json`; Terraform reads both. */
export const IMPORT_FILE = 'import.tf.json';

interface Options extends LiveOptions {
  readonly write?: boolean;
}

/** `aicc import PHASE` */
export function importCommand(): Command {
  return liveOptions(
    new Command('import')
      .description(
        'make import blocks for the objects of a phase that a live cluster has: to adopt them, or to build lost state anew',
      )
      .argument('<phase>', 'id, phase-100p'),
  )
    .option('--write', `write them as ${IMPORT_FILE} into the folders of the stacks`)
    .action(async (id: string, options: Options) => {
      const { phase, cluster } = openLive(id, options);
      const stacks = await importBlocks(phase, cluster);
      cluster.close();
      if (options.write) write(options.output, stacks);
      process.stdout.write(
        `${options.json ? JSON.stringify({ stacks }, null, 2) : text(stacks, options)}\n`,
      );
    });
}

function write(output: string, stacks: readonly StackImports[]): void {
  const folders = stacks.map(({ stack }) => join(output, 'stacks', stack));
  const gone = folders.filter((folder) => !existsSync(folder));
  if (gone.length > 0)
    throw new UserError(gone.map((folder) => `no such folder, got: '${folder}'`));
  stacks.forEach(({ imports }, index) => {
    const file = join(folders[index] ?? '', IMPORT_FILE);
    writeFileSync(file, `${JSON.stringify({ import: imports }, null, 2)}\n`);
  });
}

function text(stacks: readonly StackImports[], { write: written, output }: Options): string {
  return stacks
    .map(({ stack, imports, missing, patches }) => {
      const file = written ? `, in ${join(output, 'stacks', stack, IMPORT_FILE)}` : '';
      const rest = [
        ...(missing.length > 0 ? [`${missing.length} are not there and will be created`] : []),
        ...(patches > 0
          ? [`${patches} patches of nodes cannot be imported and will be set again`]
          : []),
      ];
      return [
        `${stack}: ${imports.length} objects to import${file}${rest.map((line) => `; ${line}`).join('')}`,
        ...(written ? [] : imports.map(({ to, id }) => `  ${to} ${id}`)),
      ].join('\n');
    })
    .join('\n');
}
