import assert from 'node:assert/strict';
import { join } from 'node:path';
import { runProgram } from '../../cli/run-program';

interface Run {
  readonly code: number;
  readonly output: string;
}

/** Terraform in the folders of synthesized stacks, without a prompt and without an update check. */
export class Terraform {
  /**
   * @param output folder that was synthesized into
   * @param env beside that of the process
   */
  constructor(
    private readonly output: string,
    private readonly env: Readonly<Record<string, string>> = {},
  ) {}

  async run(stack: string, ...args: string[]): Promise<Run> {
    try {
      const { code, stdout, stderr } = await runProgram('terraform', args, {
        cwd: join(this.output, 'stacks', stack),
        env: {
          ...process.env,
          ...this.env,
          CHECKPOINT_DISABLE: '1',
          TF_IN_AUTOMATION: '1',
          TF_INPUT: '0',
          TF_CLI_ARGS: '-no-color',
        },
      });
      return { code, output: stdout + stderr };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return { code: 127, output: 'terraform is not installed' };
    }
  }

  /** @throws Error with the end of the output when Terraform fails */
  async must(stack: string, ...args: string[]): Promise<string> {
    const { code, output } = await this.run(stack, ...args);
    if (code !== 0) {
      throw new Error(`terraform ${args.join(' ')} in ${stack}:\n${output.trim().slice(-2000)}`);
    }
    return output;
  }

  /**
   * Whether Terraform and the provider are at hand.
   * @returns why not, where they are not
   */
  async unavailable(stack: string): Promise<string | undefined> {
    const { code, output } = await this.run(stack, 'init');
    if (code === 0) return undefined;
    const error = /Error: (.+)/.exec(output)?.[1] ?? output.trim().split('\n')[0];
    return `terraform init failed: ${error}`;
  }

  /** Fails unless a new plan of each stack changes nothing. */
  async planIsEmpty(stacks: readonly string[]): Promise<void> {
    for (const stack of stacks) {
      // Exit code 2 stands for a plan with changes.
      const { code, output } = await this.run(stack, 'plan', '-detailed-exitcode');
      assert.equal(code, 0, `the plan of ${stack} is not empty:\n${output.slice(-2000)}`);
    }
  }
}
