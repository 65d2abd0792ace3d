import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { Stage } from '../../constructs';
import type { Client } from './client';
import type { ModelServer } from './models';
import { ELSEWHERE } from './sample';

type Log = (line: string) => void;

export interface Checked {
  readonly client: Client;
  readonly keys: Readonly<Record<string, string>>;
  /** By name of the Service that they stand for. */
  readonly servers: ReadonlyMap<string, ModelServer>;
  readonly log: Log;
}

/** Many requests at a key that every alias but one knows. */
export function ask({ client, keys }: Checked, alias: string, times: number, path?: string) {
  return client.count({ alias, path, key: keys.nankai }, times);
}

export function seen({ servers }: Checked, service: string): number {
  const server = servers.get(service);
  assert(server, `${service} has no server`);
  return server.seen.length;
}

/** 10,000 requests at 20 %: the share of the domestic side is 20 % ± 1.5, and the rest is foreign. */
export async function checkCanary(checked: Checked): Promise<void> {
  const requests = 10_000;
  const counts = await ask(checked, 'in-canary', requests);
  const domestic = counts.get('in-canary-domestic') ?? 0;
  const foreign = counts.get('in-canary-foreign') ?? 0;
  assert.equal(domestic + foreign, requests, `other answers: ${[...counts.keys()].join(', ')}`);
  const percent = (100 * domestic) / requests;
  assert(Math.abs(percent - 20) <= 1.5, `${percent} % of the requests were answered domestically`);
  checked.log(
    `canary 20: ${domestic} of ${requests} requests answered domestically (${percent} %)`,
  );
}

/** One side answers everything, and the other hears nothing of it. */
export async function checkOneSide(checked: Checked): Promise<void> {
  for (const [alias, answers] of [
    ['in-foreign', 'foreign'],
    ['in-default', 'domestic'],
    ['in-retired', 'domestic'],
  ] as const) {
    const counts = await ask(checked, alias, 500);
    assert.deepEqual([...counts], [[`${alias}-${answers}`, 500]]);
  }
  assert.equal(seen(checked, 'in-default-foreign'), 0);
  checked.log(
    'foreign: 500 of 500 answered by the foreign side; default and retired: by the domestic',
  );
}

/** The client sees foreign answers only, whatever the domestic side does with its copies. */
export async function checkShadow(checked: Checked): Promise<void> {
  const requests = 2000;
  for (const alias of ['in-shadow', 'shadow-fails', 'shadow-hangs', 'shadow-gone']) {
    const counts = await ask(checked, alias, requests);
    assert.deepEqual([...counts], [[`${alias}-foreign`, requests]], alias);
    assert.equal(seen(checked, `${alias}-foreign`), requests, alias);
  }
  for (const service of ['in-shadow-domestic', 'shadow-fails-domestic']) {
    await until(`${service} has ${requests} copies`, () => seen(checked, service) === requests);
  }
  checked.log(
    `shadow: ${requests} answers by the foreign side, ${requests} copies at the domestic one; nothing changes where that fails, hangs (${seen(checked, 'shadow-hangs-domestic')} copies reached it) or is gone`,
  );
}

/** Requests as large as pictures make them arrive whole on both sides. */
export async function checkLargeRequest(checked: Checked): Promise<void> {
  const body = Buffer.alloc(8 << 20, 'x');
  const before = seen(checked, 'in-shadow-domestic');
  const { status } = await checked.client.call({
    alias: 'in-shadow',
    key: checked.keys.nankai,
    path: '/v1/chat/completions',
    body,
  });
  assert.equal(status, 200);
  await until('the copy of a large request', () => seen(checked, 'in-shadow-domestic') > before);
  for (const side of ['foreign', 'domestic']) {
    const last = checked.servers.get(`in-shadow-${side}`)?.seen.at(-1);
    assert.equal(last?.bytes, body.length, `${side} side got ${last?.bytes} bytes`);
  }
  checked.log(`shadow: a request of ${body.length >> 20} MiB arrives whole on both sides`);
}

/** A stream with pauses of 20 seconds arrives whole; one with a short timeout is cut, so the check can fail. */
export async function checkStreams(checked: Checked): Promise<void> {
  const path = '/v1/chat/completions?events=3&pause=20';
  const stream = (alias: string) => checked.client.call({ alias, key: checked.keys.nankai, path });
  const aliases = ['in-foreign', 'in-shadow', 'in-default'];
  const answers = await Promise.all(aliases.map(stream));
  for (const [index, { status, body }] of answers.entries()) {
    assert.equal(status, 200);
    assert.match(body, /^(data: [\w-]+ \d\n\n){3}data: \[DONE\]\n\n$/, aliases[index]);
  }
  await assert.rejects(stream('cut-short'), /cut|hang up|reset|aborted/);
  checked.log('streams with two pauses of 20 s arrive whole; one with a timeout of 10 s is cut');
}

/** Only tenants with a right to an alias get through, and no header makes one of another. */
export async function checkAccess(checked: Checked): Promise<void> {
  const { client, keys, servers } = checked;
  const status = async (alias: string, key?: string, headers?: Record<string, string>) =>
    (await client.call({ alias, key, headers })).status;
  assert.equal(await status('for-tianda', keys.tianda), 200);
  assert.equal(await status('for-tianda', keys.nankai), 401);
  assert.equal(await status('for-tianda', keys.nankai, { 'x-aicc-tenant': 'tianda' }), 401);
  for (const key of Object.values(keys)) assert.equal(await status('for-all', key), 200);
  assert.equal(await status('for-all', 'a-guess'), 401);
  assert.equal(await status('in-foreign'), 401);
  assert.equal(await status('in-foreign', 'a-guess'), 401);

  await client.call({
    alias: 'in-foreign',
    key: keys.nankai,
    headers: { 'x-aicc-tenant': 'tianda' },
  });
  const headers = servers.get('in-foreign-foreign')?.seen.at(-1)?.headers;
  assert.equal(headers?.['x-aicc-tenant'], 'nankai');
  assert.equal(headers?.authorization, undefined, 'the key was handed on');
  checked.log(
    'access: a tenant without a right, without a key or with a forged header is refused (401), whoever has a key may call what is for all; models are told the tenant, not the key',
  );
}

/** Clients reach the API alone, and servings of another namespace by their grant. */
export async function checkReach(checked: Checked): Promise<void> {
  const { client, keys } = checked;
  for (const path of ['/metrics', '/health', '/']) {
    const { status } = await client.call({ alias: 'in-foreign', path, key: keys.nankai });
    assert.equal(status, 404, path);
  }
  assert.equal((await client.call({ alias: 'nobody', key: keys.nankai })).status, 404);
  assert.deepEqual([...(await ask(checked, ELSEWHERE, 20))], [['elsewhere-only', 20]]);
  checked.log(
    'paths outside the API and unknown aliases are not found; a granted serving elsewhere answers',
  );
}

/** The steps of an alias, forward and back, and the percent of its domestic side in each. */
const WALK: readonly { readonly stage: Stage; readonly weight?: number; readonly share: number }[] =
  [
    { stage: 'shadow', share: 0 },
    { stage: 'canary', weight: 10, share: 10 },
    { stage: 'canary', weight: 50, share: 50 },
    { stage: 'default', share: 100 },
    { stage: 'retired', share: 100 },
    { stage: 'default', share: 100 },
    { stage: 'canary', weight: 50, share: 50 },
    { stage: 'shadow', share: 0 },
    { stage: 'foreign', share: 0 },
  ];

/**
 * An alias is walked through all stages and back while clients call it without a break: every request is
 * answered, by the sides that the stage says.
 *
 * @param step makes the gateway know the stage of the alias `walking`
 */
export async function checkWalk(
  checked: Checked,
  step: (at: { stage: Stage; weight?: number }) => void,
): Promise<void> {
  let walking = true;
  const counts = new Map<string, number>();
  const clients = (async () => {
    while (walking) {
      for (const [answer, count] of await ask(checked, 'walking', 5))
        counts.set(answer, (counts.get(answer) ?? 0) + count);
      await pause(20);
    }
  })();
  // What goes wrong there is told below; until then it must not end the process.
  clients.catch(() => {});
  try {
    for (const { stage, weight, share } of WALK) {
      const copies = seen(checked, 'walking-domestic');
      step({ stage, ...(weight === undefined ? {} : { weight }) });
      await until(`walking in ${stage} ${weight ?? ''}: ${share} % domestic`, async () => {
        const sample = await ask(checked, 'walking', 100);
        const percent = sample.get('walking-domestic') ?? 0;
        return share === 0 || share === 100 ? percent === share : Math.abs(percent - share) < 15;
      });
      if (stage === 'shadow')
        await until('copies in shadow', () => seen(checked, 'walking-domestic') > copies);
    }
  } finally {
    walking = false;
    await clients;
  }
  const answered = new Set(counts.keys());
  assert.deepEqual(answered, new Set(['walking-foreign', 'walking-domestic']));
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  checked.log(
    `walk: ${WALK.length} steps forward and back under load, ${total} requests, all answered`,
  );
}

/** Asks until it is so. @throws AssertionError after three minutes: the machine may have much else to do */
export async function until(
  what: string | (() => string),
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + 180_000;
  while (!(await holds())) {
    const text = typeof what === 'string' ? what : what();
    assert(Date.now() < end, `${text}: not within three minutes`);
    await pause(100);
  }
}
