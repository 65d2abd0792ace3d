import assert from 'node:assert/strict';
import { type Checked, until } from './checks';
import type { Redis } from './rate-limit';
import { CALLERS, each, NEWCOMER, SECOND_HOST } from './sample';

export interface Counted extends Checked {
  readonly redis: Redis;
  /** Rules as the rate limit service has them. */
  readonly rules: () => Promise<string>;
  /** Makes the gateway know other callers and limits of aliases. */
  readonly change: (changes: Parameters<typeof import('./sample').sampleObjects>[1]) => void;
}

const BY_TENANT = 'limited-by-tenant';

/**
 * One counter a tenant and alias: over two hosts, whatever the order of tenants, when another one is put in front and
 * when a limit is changed.
 */
export async function checkTokenLimits(counted: Counted): Promise<void> {
  await until('rules of token limits', async () => {
    const rules = await counted.rules();
    return ['limited', BY_TENANT].every((alias) => rules.includes(`/${alias}/rule/0`));
  });
  await inOneHour(async () => {
    try {
      await counted.redis.forget();
      await equalLimits(counted);
      await limitsByTenant(counted);
    } finally {
      counted.change({});
    }
  });
  counted.log(
    'token limits: one counter a tenant and alias over two hosts; another tenant in front, another order and a changed limit leave it as it is',
  );
}

async function equalLimits(counted: Counted): Promise<void> {
  const [nankai, tianda] = CALLERS;
  await spend(counted, 'limited', nankai, 60);
  await spend(counted, SECOND_HOST, nankai, 60);
  await spent(counted, 'limited', { [nankai]: 120 });
  for (const host of ['limited', SECOND_HOST])
    assert.equal(await status(counted, host, nankai), 429, host);
  await spend(counted, 'limited', tianda, 60);

  const callers = [NEWCOMER, ...[...CALLERS].reverse()];
  counted.change({ limited: { callers, tokenLimits: each(callers, 100) } });
  await until(
    'a tenant put in front',
    async () => (await status(counted, 'limited', NEWCOMER)) === 200,
  );
  for (const host of ['limited', SECOND_HOST])
    assert.equal(await status(counted, host, nankai), 429, host);
  await spend(counted, SECOND_HOST, tianda, 60);
  await spent(counted, 'limited', { [nankai]: 120, [tianda]: 120, [NEWCOMER]: 0 });
  assert.equal(await status(counted, 'limited', tianda), 429);
}

async function limitsByTenant(counted: Counted): Promise<void> {
  const [nankai, tianda] = CALLERS;
  await spend(counted, BY_TENANT, nankai, 60);
  await spend(counted, BY_TENANT, tianda, 60);
  await spent(counted, BY_TENANT, { [nankai]: 60, [tianda]: 60 });
  assert.equal(await status(counted, BY_TENANT, nankai), 429);
  assert.equal(await status(counted, BY_TENANT, tianda), 200);

  // More for one, and a tenant without a limit in front.
  const callers = [NEWCOMER, ...[...CALLERS].reverse()];
  const tokenLimits = [...each([tianda], 500), ...each([nankai], 200)];
  counted.change({ [BY_TENANT]: { callers, tokenLimits } });
  await until('a larger limit', async () => (await status(counted, BY_TENANT, nankai)) === 200);
  await spend(counted, BY_TENANT, nankai, 150);
  await spend(counted, BY_TENANT, NEWCOMER, 1000);
  await spent(counted, BY_TENANT, { [nankai]: 210, [tianda]: 60, [NEWCOMER]: 1000 });
  assert.equal(await status(counted, BY_TENANT, nankai), 429);
  assert.equal(await status(counted, BY_TENANT, tianda), 200);
  assert.equal(await status(counted, BY_TENANT, NEWCOMER), 200);
}

async function status({ client, keys }: Checked, alias: string, tenant: string, tokens = 0) {
  const path = `/v1/models?tokens=${tokens}`;
  return (await client.call({ alias, key: keys[tenant], path })).status;
}

async function spend(checked: Checked, host: string, tenant: string, tokens: number) {
  assert.equal(await status(checked, host, tenant, tokens), 200, `${tenant} at ${host}`);
}

/** The counters of an alias are these, one a tenant; tokens are charged a moment after the answer. */
async function spent(
  { redis }: Counted,
  alias: string,
  expected: Readonly<Record<string, number>>,
): Promise<void> {
  const wanted = JSON.stringify(Object.entries(expected).sort());
  let last = '';
  await until(
    () => `counters of ${alias} ${wanted}; there are ${last}`,
    async () => {
      const own = [...(await redis.counters())].filter(([key]) => key.includes(`/${alias}/rule/`));
      last = JSON.stringify(own.map(([key, count]) => [tenantOf(key), count]).sort());
      return last === wanted;
    },
  );
}

/** `…_rule-0-match-0_nankai_1796054400` */
function tenantOf(key: string): string {
  return /_rule-0-match-0_([^_]+)_\d+$/.exec(key)?.[1] ?? key;
}

/** Counters are those of an hour of the clock: what fails because one ended is done again in the next. */
async function inOneHour(check: () => Promise<void>): Promise<void> {
  const hour = () => Math.floor(Date.now() / 3_600_000);
  const begun = hour();
  try {
    await check();
  } catch (error) {
    if (hour() === begun) throw error;
    await check();
  }
}
