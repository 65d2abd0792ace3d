import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../../cli/live/wait-for';
import { atEnd, cleanUp, wasInterrupted } from '../../cli/process/clean-up';
import { freePort } from '../gateway/start';
import { removeTemporaryFolders } from '../helpers/temporary-folder';
import { type Machine, type RunningPod, startPod } from './pod';
import { VLLM_VERSION, vllmPython } from './programs';
import { type Served, servings } from './servings';
import { openStream, type Stream } from './streams';
import { standInWeights } from './weights';

/** Streams at a time, and tokens of each: some have come at the stop, and most are still to come. */
const STREAMS = 4;
const TOKENS = 100;

/** Seconds until an engine is ready: three minutes where the machine has nothing else to do. */
const START_SECONDS = 1800;

const ONE_API_SERVER = '--api-server-count=1';
const API_KEY = 'key-of-the-test';

function log(line: string): void {
  console.log(`streams: ${line}`);
}

/** What came of the streams of a serving that was stopped while it answered. */
interface Outcome {
  readonly whole: number;
  readonly tokens: readonly number[];
  readonly stopped: readonly { readonly seconds: number; readonly killed: boolean }[];
}

async function main(): Promise<void> {
  atEnd(removeTemporaryFolders);
  const only = process.argv.slice(2).join(' ');
  const python = await vllmPython(log);
  const home = mkdtempSync(join(tmpdir(), 'aicc-streams-'));
  atEnd(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  for (const served of servings().filter(({ what }) => what.includes(only))) {
    const outcome = await stopped(served, python, home);
    if (outcome.whole !== STREAMS || outcome.stopped.some(({ killed }) => killed)) {
      throw new Error(`${served.what}: streams were cut: ${JSON.stringify(outcome)}`);
    }
    log(`${served.what}: ${describe(outcome)}`);
    if (served.what.startsWith('data parallel')) await counterCheck(served, python, home);
  }
}

/** Shows that this test can fail, and what the flag is for. */
async function counterCheck(served: Served, python: string, home: string): Promise<void> {
  const without = await stopped(served, python, home, (line) =>
    line.filter((word) => word !== ONE_API_SERVER),
  );
  if (without.whole === STREAMS) {
    throw new Error(`${served.what}: whole without ${ONE_API_SERVER}, too; is it still needed?`);
  }
  log(`${served.what} without ${ONE_API_SERVER}, as it must be: ${describe(without)}`);
}

function describe({ whole, tokens, stopped }: Outcome): string {
  const ended = stopped.map(({ seconds, killed }) =>
    killed ? `killed after ${Math.round(seconds)} s` : `ended after ${Math.round(seconds)} s`,
  );
  return `${whole} of ${STREAMS} streams whole (${tokens.join(', ')} of ${TOKENS} tokens); ${ended.join(', ')}`;
}

/** Starts a replica, stops all its pods while it answers, and reads on. */
async function stopped(
  { what, pods, mixtureOfExperts }: Served,
  python: string,
  home: string,
  change?: Machine['change'],
): Promise<Outcome> {
  const folder = mkdtempSync(join(home, 'serving-'));
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  const machine: Machine = {
    python,
    weights: standInWeights(join(folder, 'weights'), mixtureOfExperts),
    apiPort: await freePort(),
    rpcPort: await freePort(),
    logs,
    apiKey: API_KEY,
    change,
  };
  const begin = Date.now();
  log(`${what}: starts`);
  // Workers first: they have to wait for their leader.
  const starting = Object.entries(pods)
    .reverse()
    .map(([name, pod]) => startPod(name, pod, machine));
  const answering = await (starting.at(-1) as Promise<RunningPod>);
  const lost = answering.ended.then(() => {
    throw new Error(`vLLM ended while it started:\n${answering.lastWords()}`);
  });
  const running = await Promise.race([Promise.all(starting), lost]);
  try {
    await Promise.race([ready(machine.apiPort), lost]);
    log(`${what}: ready after ${Math.round((Date.now() - begin) / 1000)} s`);
    return await stopWhileItAnswers(aliasOf(pods), machine, running);
  } catch (error) {
    for (const pod of running) console.error(pod.lastWords());
    throw error;
  }
}

function aliasOf(pods: Served['pods']): string {
  const flag = '--served-model-name=';
  const words = Object.values(pods).flatMap((pod) => pod.spec?.containers[0]?.args ?? []);
  return words.find((word) => word.startsWith(flag))?.slice(flag.length) ?? '';
}

async function ready(port: number): Promise<void> {
  await waitFor(
    'vLLM answers',
    START_SECONDS,
    async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
      return answer?.status;
    },
    (status) => status === 200,
  );
}

async function stopWhileItAnswers(
  alias: string,
  { apiPort, apiKey }: Machine,
  running: readonly RunningPod[],
): Promise<Outcome> {
  const streams = Array.from({ length: STREAMS }, () => openStream(apiPort, alias, TOKENS, apiKey));
  await waitFor(
    'every stream has begun',
    120,
    async () => streams.map(({ tokens }) => tokens),
    (tokens) => tokens.every((count) => count >= 4),
  );
  const stops = await Promise.all(running.map((pod) => pod.stop()));
  // Whatever comes has come: a connection that is left open is as good as cut.
  for (const stream of streams) stream.cut();
  await Promise.all(streams.map(({ end }) => end));
  return {
    whole: streams.filter(isWhole).length,
    tokens: streams.map(({ tokens }) => tokens),
    stopped: stops,
  };
}

function isWhole({ tokens, finish }: Stream): boolean {
  return tokens === TOKENS && finish === 'length';
}

main()
  .catch((error: unknown) => {
    if (!wasInterrupted()) console.error(error);
    process.exitCode = 1;
  })
  .finally(cleanUp)
  .then(() => {
    if (process.exitCode || wasInterrupted()) return;
    log(
      `passed with vLLM ${VLLM_VERSION}. An executor without devices gives the tokens; no model runs.`,
    );
  });
