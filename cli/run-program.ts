import { type SpawnOptionsWithoutStdio, spawn } from 'node:child_process';

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end. @returns its output, whatever its exit code
 * @throws Error when it cannot be started; `code` is `ENOENT` where it is not installed
 */
export function runProgram(
  program: string,
  args: readonly string[],
  options: SpawnOptionsWithoutStdio & { readonly stdin?: string } = {},
): Promise<Result> {
  const { stdin = '', ...rest } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, rest);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    // A program that does not read its input may close it before it is written.
    child.stdin.on('error', () => {});
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
    // A program may end before it has read everything; its exit code says what there is to say.
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });
}
