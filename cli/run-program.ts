import { type SpawnOptionsWithoutStdio, spawn } from 'node:child_process';

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options extends SpawnOptionsWithoutStdio {
  readonly stdin?: string;
  /** Ends the program when it is aborted, with all that it has started. @default - it runs to its end */
  readonly stop?: AbortSignal;
}

/** After so many milliseconds a program that was asked to end is killed. */
const PATIENCE = 2000;

/**
 * Runs a program to its end. @returns its output, whatever its exit code
 * @throws Error when it cannot be started; `code` is `ENOENT` where it is not installed
 */
export function runProgram(
  program: string,
  args: readonly string[],
  options: Options = {},
): Promise<Result> {
  const { stdin = '', stop, ...rest } = options;
  return new Promise((resolve, reject) => {
    // A group of its own, so that what a shell or npm has started ends with it.
    const child = spawn(program, args, { ...rest, ...(stop ? { detached: true } : {}) });
    const signal = (name: NodeJS.Signals) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, name);
      } catch {
        // It has ended by itself.
      }
    };
    let patience: NodeJS.Timeout | undefined;
    const end = () => {
      signal('SIGTERM');
      patience = setTimeout(() => {
        signal('SIGKILL');
        // What has left the group may hold them open for ever.
        child.stdout.destroy();
        child.stderr.destroy();
      }, PATIENCE);
    };
    if (stop?.aborted) end();
    stop?.addEventListener('abort', end);
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
    child.on('close', (code) => {
      clearTimeout(patience);
      stop?.removeEventListener('abort', end);
      resolve({ code: code ?? 1, stdout, stderr });
    });
    // A program may end before it has read everything; its exit code says what there is to say.
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });
}
