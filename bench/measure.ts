import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface Measurement {
  readonly seconds: number;
  /** Peak resident memory of the process in MiB. */
  readonly peakMib: number;
}

/** Runs a file, TypeScript or compiled, in a process of its own. @throws Error when it ends with another exit code */
export function measure(
  file: string,
  args: readonly string[] = [],
  env = {},
  exitCode = 0,
): Measurement {
  const loader = file.endsWith('.ts') ? ['-r', 'ts-node/register'] : [];
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(
    process.execPath,
    [...loader, '-r', join(__dirname, 'report-memory.js'), file, ...args],
    { env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== exitCode) throw new Error(`${file} failed:\n${stderr}`);
  // A process may time a part of what it does itself.
  const own = /^seconds=([\d.]+)$/m.exec(stderr)?.[1];
  return {
    seconds: own === undefined ? seconds : Number(own),
    peakMib: Number(/peak-kib=(\d+)/.exec(stderr)?.[1]) / 1024,
  };
}

/** The measurement with the median time. */
export function median(runs: readonly Measurement[]): Measurement {
  const sorted = [...runs].sort((a, b) => a.seconds - b.seconds);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error('nothing was measured');
  return middle;
}
