import { modelTables } from '../../cli/models/command';
import { type ModelRow, modelRows, type ReplicaRow } from '../../cli/models/rows';
import { allModels, PLATFORMS, SERVER_FORMS } from '../../constructs';

const ROWS = modelRows();

function rowOf(id: string): ModelRow {
  const row = ROWS.find((model) => model.id === id);
  if (!row) throw new Error(`no ${id}`);
  return row;
}

function on(id: string, serverForm: string, accelerator: string) {
  const server = rowOf(id).servers.find(
    (kind) => kind.serverForm === serverForm && kind.accelerators.includes(accelerator),
  );
  if (!server) throw new Error(`no ${serverForm} with ${accelerator}`);
  return server;
}

function replicaOn(id: string, serverForm: string, accelerator: string): ReplicaRow {
  const { replica, reasons } = on(id, serverForm, accelerator);
  if (!replica) throw new Error(reasons.join('\n'));
  return replica;
}

test('DeepSeek-R1 is two A2 servers or one A3 server a replica', () => {
  expect(replicaOn('deepseek-r1', 'atlas-800t-a2', '910B3')).toMatchObject({
    npus: 16,
    servers: 2,
    npusPerServer: 8,
    parallelism: { tensor: 4, data: 4, pipeline: 1, expert: true },
    weightsFormat: 'w8a8',
    limit: 'memory',
    notProven: [],
  });
  expect(replicaOn('deepseek-r1', 'atlas-800t-a3', '910C-752')).toMatchObject({
    npus: 16,
    servers: 1,
  });
});

test('what does not fit says why: no documented deployment, and a group without whole servers', () => {
  expect(on('deepseek-r1', 'atlas-800-9000', '910A')).toMatchObject({
    fits: false,
    reasons: [
      expect.stringMatching(/^no documented deployment of deepseek-r1 on Atlas 800 \(9000\)/),
    ],
  });
  expect(on('deepseek-r1', 'atlas-200t-a2-box16', '910B3').reasons).toEqual([
    expect.stringMatching(/a pod of a group has a whole server.*got: 16/),
  ]);
});

test('memory: Qwen3-32B in BF16 is a quarter of its weights, and one request of its context', () => {
  const replica = replicaOn('qwen3-32b', 'atlas-800t-a2', '910B3');
  const {
    weightsGib = 0,
    budgetGib,
    communicationGib,
    roomGib = 0,
    cacheGib,
    contextTokens,
  } = replica;
  expect(budgetGib).toBe(54.86);
  expect(communicationGib).toBe(0.39);
  expect(roomGib).toBeCloseTo(budgetGib - weightsGib - communicationGib, 1);
  // 64 layers × 2 × (8 ÷ 4 KV heads) × 128 × 2 bytes are 64 KiB a token.
  expect(contextTokens).toBe(40_960);
  expect(cacheGib).toBe(2.5);
  expect(((replica.cacheTokens ?? 0) * 65_536) / 2 ** 30).toBeCloseTo(roomGib, 1);
});

test('an unknown attention leaves the cache out and says that it is not proven', () => {
  const open = ROWS.flatMap((model) =>
    model.servers.flatMap(({ replica }) => replica ?? []),
  ).filter(({ cacheGib, parallelism }) => cacheGib === undefined && parallelism !== undefined);
  expect(open.length).toBeGreaterThan(0);
  for (const { notProven } of open) expect(notProven.join()).toMatch(/attention|context/);
});

test('every model has every server form, and either a replica that fits or a reason', () => {
  for (const { id, access, servers } of ROWS) {
    const forms = new Set(servers.map(({ serverForm }) => serverForm));
    expect([id, [...forms].sort()]).toEqual([
      id,
      access === 'weights' ? Object.keys(SERVER_FORMS).sort() : [],
    ]);
    for (const { fits, reasons, replica } of servers) {
      expect([id, fits]).toEqual([id, replica !== undefined]);
      expect([id, fits]).toEqual([id, reasons.length === 0]);
      if (replica) expect(replica.weightsGib ?? 0).toBeLessThan(replica.budgetGib);
    }
  }
});

test('no proof refutes a deployment of the catalogue on the servers that it is documented for', () => {
  const servers = {
    A2: { form: 'atlas-800t-a2', chip: '910B3' },
    A3: { form: 'atlas-800t-a3', chip: '910C-752' },
    '310P': { form: 'atlas-300i-duo-server', chip: '310P' },
  } as const;
  const refuted = allModels().flatMap((model) =>
    model.access === 'api-only'
      ? []
      : PLATFORMS.filter((platform) => model.deployments[platform]).flatMap((platform) => {
          const { form, chip } = servers[platform];
          return on(model.id, form, chip)
            .reasons.filter((why) => why.startsWith('AICC-'))
            .map((why) => `${model.id} on ${platform}: ${why}`);
        }),
  );
  expect(refuted).toEqual([]);
});

test('the text shows kinds with the same rows once, and what is missing there', () => {
  const text = modelTables(ROWS);
  expect(text).toContain('Atlas 800T A2 with 910B2 or 910B3, Atlas 800I A2 with 910B4-1\n┌');
  expect(text).toMatch(
    /│ deepseek-r1 +│ reasoning +│ +16 │ +2 │ TP4 DP4 EP +│ ~ 45\.3 of 56\.1 +│ 16,384: 1\.1 of 10\.4 +│ 58 min │ memory/,
  );
  expect(text).toMatch(
    /Atlas 800 \(9000\) with 910A, Atlas 800I A2 with 910B4\nNo model has a documented deployment there\./,
  );
  expect(text).toMatch(/Not there: .*deepseek-r1,/);
});
