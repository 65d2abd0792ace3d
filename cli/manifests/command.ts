import { Command } from 'commander';
import { readOutput } from './read-output';
import { asSent, renderStack } from './render';
import { toYaml } from './yaml';

/** `aicc manifests [STACK…]` */
export function manifestsCommand(): Command {
  return new Command('manifests')
    .argument('[stacks...]', "names or globs, 'phase-100p-*'; all stacks where there are none")
    .option('-o, --output <folder>', 'folder that was synthesized into', 'cdktf.out')
    .action((stacks: string[], options: { output: string }) => {
      const objects = readOutput(options.output, stacks).flatMap(({ name, json }) =>
        renderStack(name, json).map(asSent),
      );
      process.stdout.write(toYaml(objects));
    });
}
