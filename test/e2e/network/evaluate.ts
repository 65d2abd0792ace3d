import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../../cli/manifests/render';
import { runProgram } from '../../../cli/run-program';

/** A pod, or an address outside the cluster where there is no namespace. */
export interface NetworkPeer {
  readonly namespace?: string;
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly ip: string;
}

export interface Connection {
  readonly from: NetworkPeer;
  readonly to: NetworkPeer;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  /** Name that the pod at the end gives to the port; policies may use it. */
  readonly portName?: string;
}

/** Whether policies let a connection out of where it begins, and in where it ends; it needs both. */
export interface Verdict {
  readonly egress: boolean;
  readonly ingress: boolean;
}

/** What the program `main.go` reads. */
export interface Question {
  readonly policies: readonly KubernetesObject[];
  /** Labels by name. */
  readonly namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly probes: readonly Connection[];
}

/** @throws Error when a policy has a field that is unknown, or a namespace is */
export async function evaluate(
  question: Question,
  log: (line: string) => void,
): Promise<readonly Verdict[]> {
  const stdin = JSON.stringify(question);
  const { code, stdout, stderr } = await runProgram(await evaluator(log), [], { stdin });
  if (code !== 0) throw new Error(`NetworkPolicies were not evaluated: ${stderr.trim()}`);
  return JSON.parse(stdout) as Verdict[];
}

/** Builds the program once: its name holds the sum of its sources. @returns path of it */
async function evaluator(log: (line: string) => void): Promise<string> {
  const sums = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', 'main.go']) {
    sums.update(readFileSync(join(__dirname, file)));
  }
  const cache = join(__dirname, '../../../.cache/network');
  const program = join(cache, `evaluate-${sums.digest('hex').slice(0, 12)}`);
  if (existsSync(program)) return program;

  log('building the evaluator of NetworkPolicies (once; a minute)');
  mkdirSync(cache, { recursive: true });
  // Built aside: what an interrupted build leaves is never taken for whole.
  const aside = `${program}-${process.pid}`;
  try {
    const args = ['build', '-trimpath', '-buildvcs=false', '-o', aside, '.'];
    const { code, stderr } = await runProgram('go', args, { cwd: __dirname });
    if (code !== 0) throw new Error(`go build of the evaluator failed:\n${stderr.slice(-2000)}`);
    renameSync(aside, program);
  } finally {
    rmSync(aside, { force: true });
  }
  return program;
}
