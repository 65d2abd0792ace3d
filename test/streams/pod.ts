import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { V1Container, V1PodTemplateSpec } from '@kubernetes/client-node';
import { atEnd } from '../../cli/process/clean-up';
import { GROUP_RPC_PORT } from '../../constructs/model-serving/command';

/** What a process has in place of what its container has on a server. */
export interface Machine {
  /** Interpreter with vLLM. */
  readonly python: string;
  /** Folder in place of the weights. */
  readonly weights: string;
  readonly apiPort: number;
  readonly rpcPort: number;
  readonly logs: string;
  readonly apiKey: string;
  /** Changes to the command line: a counter-check. @default - as it is written */
  readonly change?: (line: readonly string[]) => string[];
}

const STAND_IN = join(__dirname, 'stand-in');

/** Seconds of a step of the stand-in executor: one token. */
const STEP_SECONDS = 0.25;

/** Flags of what is not there: quantized weights, a draft model, special tokens of a vocabulary. */
const LEFT_OUT =
  /^--(quantization|speculative-config|tool-call-parser|reasoning-parser|enable-auto-tool-choice)(=|$)/;

/** A pod that runs as a process of this machine. */
export interface RunningPod {
  /** Stops it as the kubelet does. @returns seconds until it had ended, and whether it had to be killed */
  readonly stop: () => Promise<{ readonly seconds: number; readonly killed: boolean }>;
  readonly lastWords: () => string;
  /** Settles when its process is gone. */
  readonly ended: Promise<unknown>;
}

/** Starts the init containers that wait for something else than weights, then what serves. */
export async function startPod(
  name: string,
  pod: V1PodTemplateSpec,
  machine: Machine,
): Promise<RunningPod> {
  const [container] = pod.spec?.containers ?? [];
  if (!container) throw new Error(`${name} has no container`);
  for (const init of pod.spec?.initContainers ?? []) {
    if (init.name === 'weights') continue;
    const [code] = await once(run(`${name}-${init.name}`, commandOf(init), init, machine), 'exit');
    if (code !== 0) throw new Error(`${init.name} of ${name} ended with ${code}`);
  }
  const child = run(name, lineOf(container, machine), container, machine);
  const ended = once(child, 'exit');
  const preStop = Number(container.lifecycle?.preStop?.exec?.command?.[1]);
  const grace = pod.spec?.terminationGracePeriodSeconds ?? 0;
  return {
    ended,
    lastWords: () => readFileSync(join(machine.logs, name), 'utf8').slice(-3000),
    stop: async () => {
      const begin = Date.now();
      await pause(preStop * 1000);
      child.kill('SIGTERM');
      const patience = pause((grace - preStop) * 1000, 'killed', { ref: false });
      const killed = (await Promise.race([ended, patience])) === 'killed';
      if (killed) endGroup(child, 'SIGKILL');
      await ended;
      return { seconds: (Date.now() - begin) / 1000, killed };
    },
  };
}

/** What the entrypoint of the image runs. */
function lineOf(container: V1Container, machine: Machine): string[] {
  const line = (container.args ?? [])
    .filter((word) => !LEFT_OUT.test(word))
    .flatMap((word) => {
      if (word === 'vllm') return [machine.python, '-m', 'vllm.entrypoints.cli.main'];
      if (word.startsWith('/models/')) return [machine.weights];
      if (word === '--port=8000') return [`--port=${machine.apiPort}`];
      if (word.startsWith('--distributed-executor-backend=')) return [];
      return [word.replace(`=${GROUP_RPC_PORT}`, `=${machine.rpcPort}`)];
    });
  const whole = [...line, '--distributed-executor-backend=stand_in_executor.StandInExecutor'];
  return machine.change?.(whole) ?? whole;
}

function commandOf({ command = [], args = [] }: V1Container): string[] {
  return [...command, ...args];
}

/** Starts a line with the environment of its container, as far as this machine has what it speaks of. */
function run(
  name: string,
  line: readonly string[],
  container: V1Container,
  machine: Machine,
): ChildProcess {
  const env = environmentOf(container, machine);
  // Kubernetes writes the values of variables into arguments.
  const [program = '', ...args] = line.map((word) =>
    word.replace(/\$\((\w+)\)/g, (reference, variable) => env[variable] ?? reference),
  );
  const log = openSync(join(machine.logs, name), 'w');
  const child = spawn(program, args, { env, detached: true, stdio: ['ignore', log, log] });
  atEnd(() => endGroup(child, 'SIGKILL'));
  return child;
}

function environmentOf(container: V1Container, machine: Machine): Record<string, string> {
  const given = Object.fromEntries(
    (container.env ?? []).map(({ name, value, valueFrom }) => [
      name,
      value ?? (valueFrom?.secretKeyRef ? machine.apiKey : '127.0.0.1'),
    ]),
  );
  return {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    ...given,
    VLLM_HOST_IP: '127.0.0.1',
    GLOO_SOCKET_IFNAME: 'lo',
    LEADER_PORT: `${machine.rpcPort}`,
    LWS_LEADER_ADDRESS: 'localhost',
    LWS_WORKER_INDEX: '1',
    PYTHONPATH: STAND_IN,
    PYTHONDONTWRITEBYTECODE: '1',
    STAND_IN_STEP_SECONDS: `${STEP_SECONDS}`,
  };
}

/** A process and everything that it started. */
function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch (error) {
    // All of them have ended.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
