import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, type Checked, seen, until } from './checks';
import type { Client } from './client';
import { KEEP_ALIVE_MS, PAUSING } from './sample';

/** Requests that come together, so that each leaves an idle connection, and how often they come. */
const TOGETHER = 25;
const ROUNDS = 20;

/**
 * 500 requests, each about as long after the last one on its connection as the server keeps connections: none
 * is refused where the gateway gives them up first, or uses each once; without, some are.
 */
export async function checkPauses(checked: Checked): Promise<void> {
  const requests = TOGETHER * ROUNDS;
  for (const alias of [PAUSING.known, PAUSING.unknown]) {
    assert.deepEqual(await pausing(checked, alias), new Map([[`${alias}-foreign`, requests]]));
  }
  let refused = 0;
  for (let attempt = 1; refused === 0; attempt++) {
    assert(attempt <= 10, 'no request was refused without the policy: this check cannot fail');
    refused = (await pausing(checked, PAUSING.untreated)).get('503') ?? 0;
  }
  checked.log(
    `pauses as long as servers keep connections: ${requests} of ${requests} requests answered, also where that time is not known; without the policy ${refused} are refused`,
  );
}

async function pausing(checked: Checked, alias: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    // They overlap, so that one connection is not enough for two.
    const answers = await ask(checked, alias, TOGETHER, '/v1/models?takes=50');
    for (const [answer, count] of answers) counts.set(answer, (counts.get(answer) ?? 0) + count);
    // What a request takes on its way is a few milliseconds: the moment is before, at and after those.
    await pause(KEEP_ALIVE_MS - 40 + 2 * round);
  }
  return counts;
}

/**
 * More streams at once than Envoy lets through by itself, to servings that take them: all are there before the
 * first ends, and none is refused.
 */
export async function checkManyStreams(checked: Checked, client: Client): Promise<void> {
  const streams = 1500;
  const before = seen(checked, 'wide-foreign');
  const call = { alias: 'wide', path: `/v1/models?gather=${streams}`, key: checked.keys.nankai };
  const answers = new Map<string, number>();
  const told = (answer: string): void => {
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  };
  const begin = () =>
    client.call(call).then(
      ({ status, body }) => told(status === 200 ? body : `${status}`),
      (error: Error) => told(error.message),
    );
  const all: Promise<void>[] = [];
  // Some at a time: a gateway drops a connection whose first bytes are long in coming.
  while (all.length < streams) {
    all.push(...Array.from({ length: 100 }, begin));
    await until(
      () =>
        `${all.length} streams at once; there are ${seen(checked, 'wide-foreign') - before}, and ended are ${JSON.stringify([...answers])}`,
      () => seen(checked, 'wide-foreign') - before === all.length,
    );
  }
  await Promise.all(all);
  assert.deepEqual(answers, new Map([['data: wide-foreign\n\ndata: [DONE]\n\n', streams]]));
  checked.log(`streams: ${streams} at once to servings that take them, all answered`);
}
