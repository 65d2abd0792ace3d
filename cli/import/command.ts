import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import type { DeclaredPhase, DeclaredStack } from '../declared/phase';
import { mustBeThere, UserError } from '../errors';
import { type LiveOptions, liveOptions, openLive } from '../live/options';
import { writeWhole } from '../write-whole';
import { importBlocks, type StackImports } from './blocks';

/** File beside `cdk.tf.json`; Terraform reads both. */
export const IMPORT_FILE = 'import.tf.json';

interface Options extends LiveOptions {
  readonly stack?: readonly string[];
  readonly write?: string | true;
}

/** `aicc import PHASE` */
export function importCommand(): Command {
  return liveOptions(new Command('import').argument('<phase>', 'id, phase-100p'))
    .option('--stack <name...>', 'of these stacks only, phase-100p-models')
    .option(
      '--write [folder]',
      `write them as STACK/${IMPORT_FILE}, into the folders of the stacks where no other is named`,
    )
    .action(async (id: string, options: Options) => {
      const { phase, cluster } = openLive(id, options);
      const stacks = await importBlocks(phase, chosen(phase, options), cluster);
      cluster.close();
      const { write } = options;
      const folder = write === true ? join(options.output, 'stacks') : write;
      if (folder !== undefined) writeBlocks(folder, stacks);
      const text = options.json ? JSON.stringify({ stacks }, null, 2) : importText(stacks, folder);
      process.stdout.write(`${text}\n`);
    });
}

function chosen({ stacks }: DeclaredPhase, { stack: wanted }: Options): readonly DeclaredStack[] {
  const names = stacks.map(({ name }) => name);
  mustBeThere('stack', wanted ?? [], names);
  return stacks.filter(({ name }) => wanted?.includes(name) ?? true);
}

/** One with no block is written, too: it takes the place of an earlier one. */
function writeBlocks(folder: string, stacks: readonly StackImports[]): void {
  const files = new Map(
    stacks.map(({ stack, imports }) => [
      join(folder, stack, IMPORT_FILE),
      `${JSON.stringify({ import: imports }, null, 2)}\n`,
    ]),
  );
  try {
    for (const file of files.keys()) mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new UserError([`cannot write into ${folder}; ${(error as Error).message}`]);
  }
  writeWhole(files);
}

/** Objects of each sort that are named; `--json` has all. */
const NAMED = 10;

function importText(stacks: readonly StackImports[], folder: string | undefined): string {
  return stacks
    .flatMap(({ stack, imports, missing, differing, foreign, patches }) => {
      const file = folder === undefined ? '' : `, in ${join(folder, stack, IMPORT_FILE)}`;
      return [
        `${stack}: ${imports.length} objects to import${file}`,
        ...(folder === undefined ? imports.map(({ to, id }) => `  ${to} ${id}`) : []),
        ...some('not there; Terraform creates them', missing),
        ...some(
          'not as declared; Terraform changes them',
          differing.map(({ to, fields }) => `${to}: ${fields.join('; ')}`),
        ),
        ...some(
          'made by somebody else; Terraform takes them over',
          foreign.map(({ to, makers }) => `${to}: ${makers}`),
        ),
        ...(patches > 0
          ? [
              `  ${patches} patches of nodes cannot be imported; Terraform sets the same labels again`,
            ]
          : []),
      ];
    })
    .join('\n');
}

function some(what: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - NAMED;
  return [
    `  ${lines.length} ${what}`,
    ...lines.slice(0, NAMED).map((line) => `    ${line}`),
    ...(rest > 0 ? [`    and ${rest} more`] : []),
  ];
}
