import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeCentre } from '../../stacks/build';
import type { Centre } from '../../stacks/centre';
import { readSettings } from '../../stacks/settings';
import { removedTenants } from '../../stacks/tenant-lock';
import { tianjin } from '../../stacks/tianjin';
import { problemsOf } from '../helpers/cluster';
import { temporaryFolder } from '../helpers/temporary-folder';

const SETTINGS = { kubeconfig: '~/.kube/config', contexts: {} };

function problems(change: Partial<Centre>, settings = {}): string[] {
  const out = join(temporaryFolder(), 'cdktf.out');
  const found = problemsOf(() =>
    synthesizeCentre(
      {
        ...tianjin,
        lock: undefined,
        scopes: undefined,
        sources: undefined,
        replacements: [],
        ...change,
      },
      { ...SETTINGS, ...settings },
      out,
    ),
  );
  expect(existsSync(out)).toBe(false);
  return found;
}

const [first, ...others] = tianjin.phases;
const [services, ...tenants] = tianjin.tenants;
if (!first || !services) throw new Error('the centre has no data');
/** As any other tenant: without access to hosts. */
const plain = { ...services, podSecurity: 'baseline', privilegedReason: undefined } as const;

test('a milestone that does not grow', () => {
  const phases = [{ ...first, milestonePetaflops: 200 }, ...others];
  expect(problems({ phases })).toEqual([
    expect.stringMatching(/^phase-100p-cluster\/tj-1: AICC-CAP-001.*got: 100.16 PF < 200 PF/),
    expect.stringMatching(/^phase-200p-cluster\/tj-2: AICC-CAP-002.*200 PF of phase-200p ≤ 200 PF/),
  ]);
});

test('a phase whose cluster falls short of it', () => {
  const pools = first.cluster.pools.map((pool) => ({
    ...pool,
    targetPetaflops: undefined,
    servers: 39,
  }));
  const phases = [{ ...first, cluster: { ...first.cluster, pools } }];
  expect(problems({ phases, tenants: [], servings: [] })[0]).toMatch(
    /AICC-CAP-001 'milestone reached' does not hold; add servers for 2.34 PF \(1 of 2.5 PF\) or lower the milestone, got: 97.66 PF < 100 PF of phase-100p$/,
  );
});

test('several mistakes in different stacks are reported together', () => {
  const found = problems({
    tenants: [
      services,
      { ...services, allocations: { 'phase-400p': { guarantee: 1 } } },
      { ...plain, name: 'Bad', allocations: { 'phase-200p': { guarantee: 1.5 } } },
    ],
    servings: [
      ...tianjin.servings,
      { phase: 'phase-100p', tenant: 'nobody', model: 'qwen3-8b', replicas: 1 },
      { phase: 'phase-100p', tenant: 'model-services', model: 'gpt-4o', replicas: 1 },
    ],
  });
  expect(found).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/tenants must be unique.*'model-services' twice/),
      expect.stringMatching(/phase that does not exist.*got: 'phase-400p'/),
      expect.stringMatching(/^tenants\/Bad: name must be a DNS label/),
      expect.stringMatching(
        /^tenants\/Bad: allocations of phase-200p: guarantee in NPUs must be a whole/,
      ),
      expect.stringMatching(/unknown tenant.*got: 'nobody'/),
      expect.stringMatching(/has no weights to serve.*got: 'gpt-4o'/),
    ]),
  );
});

test('clients without a namespace on the cluster, and a model that is served twice under two names', () => {
  const serving = { phase: 'phase-100p', tenant: 'model-services', model: 'qwen9', replicas: 1 };
  const found = problems({
    servings: [
      { ...serving, name: 'a', clients: ['port-logistics', 'nobody'] },
      { ...serving, name: 'b' },
    ],
  });
  expect(found).toEqual([
    expect.stringMatching(
      /^servings\/phase-100p\/model-services\/a: clients must be tenants with an allocation on phase-100p: .*got: 'port-logistics'$/,
    ),
    expect.stringMatching(/got: 'nobody'$/),
    expect.stringMatching(/^phase-100p-models\/model-services-a: unknown model/),
    expect.stringMatching(/^phase-100p-models\/model-services-b: unknown model/),
  ]);
});

test('names that are there twice, in the same phase', () => {
  const again = { ...first, cluster: { ...first.cluster, name: 'other' } };
  const found = problems({
    phases: [...tianjin.phases, again],
    tenants: [...tianjin.tenants, services],
    servings: [...tianjin.servings, ...tianjin.servings.slice(0, 1)],
  });
  expect(found).toEqual([
    expect.stringMatching(/^phases: names of phases must be unique.*'phase-100p' twice/),
    expect.stringMatching(/^tenants: names of tenants must be unique.*'model-services' twice/),
    expect.stringMatching(/^servings: names of servings must be unique.*\/deepseek-r1' twice/),
  ]);
});

test.each([
  [{ id: 'Phase 1' }, /^Phase 1: id must be a DNS label.*got: 'Phase 1'$/],
  [{ milestonePetaflops: -1 }, /^phase-100p: milestonePetaflops must be above 0.*got: -1$/],
  [{ milestonePetaflops: Number.NaN }, /milestonePetaflops must be above 0.*got: NaN$/],
  [
    { cluster: { ...first.cluster, managementServers: 1.5 } },
    /^phase-100p: cluster.managementServers must be a whole number of 0 to 5000.*got: 1.5$/,
  ],
  [{ cluster: { ...first.cluster, managementServers: 1e10 } }, /0 to 5000.*got: 10000000000$/],
  [
    { cluster: { ...first.cluster, name: 'Tj_1' } },
    /^phase-100p: cluster.name must be a DNS label.*got: 'Tj_1'$/,
  ],
])('a phase with %j', (change, message) => {
  const phases = [{ ...first, ...change }, ...others];
  const found = problems({ phases, tenants: [], servings: [] });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(message);
});

test('a centre without phases', () => {
  expect(problems({ phases: [], tenants: [], servings: [] })).toEqual([
    'phases: a centre needs a phase; add one, got: none',
  ]);
});

test('a tenant over the cluster and a serving over its quota fail together', () => {
  const big = { ...services, allocations: { 'phase-100p': { guarantee: 280, ceiling: 288 } } };
  const servings = [{ phase: 'phase-100p', tenant: big.name, model: 'qwen3-32b', replicas: 73 }];
  expect(problems({ tenants: [big, ...tenants], servings })).toEqual([
    expect.stringMatching(/AICC-CAP-003.*> 288 usable/),
    expect.stringMatching(/AICC-CAP-004.*73 × 4 = 292 NPUs > 288/),
    expect.stringMatching(/AICC-SRV-009.*292 > 288 usable/),
  ]);
});

test('wrong input and a failed proof elsewhere are reported together', () => {
  const big = { ...plain, name: 'big', allocations: { 'phase-300p': { guarantee: 321 } } };
  const bad = { ...plain, name: 'Bad', allocations: { 'phase-200p': { guarantee: 1 } } };
  expect(problems({ tenants: [...tianjin.tenants, big, bad] })).toEqual([
    expect.stringMatching(/^tenants\/Bad: name must be a DNS label/),
    expect.stringMatching(/^phase-300p-cluster\/tj-3: AICC-CAP-003.*> 288 usable/),
    expect.stringMatching(/^phase-300p-tenants\/big: AICC-CAP-005.*guarantee 321/),
  ]);
});

test('contexts that do not tell the clusters apart', () => {
  const contexts = { 'tj-1': 'same', 'tj-2': 'same', 'tj-9': 'other' };
  expect(problems({}, { contexts })).toEqual([
    expect.stringMatching(/^settings: AICC_CONTEXTS names a cluster that does not.*got: 'tj-9'$/),
    expect.stringMatching(/^settings: each cluster needs .*got: 'same' for tj-1 and tj-2$/),
  ]);
  expect(problemsOf(() => readSettings({ AICC_CONTEXTS: 'tj-1=a,tj-1=b' }))).toEqual([
    expect.stringMatching(/must name a cluster once.*'tj-1' twice$/),
  ]);
});

test('an unknown environment and settings that cannot be read', () => {
  expect(problems({}, { environment: 'phase-9p' })[0]).toMatch(
    /AICC_ENVIRONMENT must be a phase: phase-100p.*got: 'phase-9p'/,
  );
  expect(problemsOf(() => readSettings({ AICC_CONTEXTS: 'tj-1', AICC_TODAY: 'now' }))).toHaveLength(
    2,
  );
});

test('a failed proof keeps everything from being written, unless a review asks for it', () => {
  const outdir = join(temporaryFolder(), 'out');
  const tenantsOf = tianjin.tenants.map((tenant) => ({
    ...tenant,
    allocations: { 'phase-100p': { guarantee: 80, ceiling: 80 } },
  }));
  const own = { servings: [], replacements: [], scopes: undefined, lock: undefined };
  const centre = { ...tianjin, ...own, tenants: tenantsOf };
  const write = (env: NodeJS.ProcessEnv) =>
    synthesizeCentre(centre, readSettings({ AICC_ENVIRONMENT: 'phase-100p', ...env }), outdir);
  expect(() => write({})).toThrow(/AICC-CAP-003/);
  expect(existsSync(outdir)).toBe(false);
  write({ AICC_FAILED_PROOFS: 'write' });
  const { proofs } = JSON.parse(readFileSync(join(outdir, 'capacity.json'), 'utf8'));
  expect(proofs).toContainEqual(expect.objectContaining({ id: 'AICC-CAP-003', status: 'failed' }));
  // What is no proof is an error all the same.
  expect(() => write({ AICC_FAILED_PROOFS: 'write', AICC_CONTEXTS: 'tj-9=a' })).toThrow(/tj-9/);
  expect(problemsOf(() => readSettings({ AICC_FAILED_PROOFS: 'yes' }))).toEqual([
    "settings: AICC_FAILED_PROOFS must be refuse or write; change it, got: 'yes'",
  ]);
});

test.each([
  ['redis', [/^settings: AICC_BACKEND must be local, pg, .*change it, got: 'redis'$/]],
  ['pg://aicc:planted@db/states', [/^settings: AICC_BACKEND must be .*got: 'pg:…'$/]],
  ['s3://key:planted@states', [/must hold no credentials.*got: s3:\/\/…@states$/]],
  ['s3://states?secret_key=planted', [/region and endpoint .*remove the rest, got: 'secret_key'$/]],
  [
    's3://S_3/a//b?endpoint=minio',
    [/a bucket has .*'S_3'$/, /a prefix .*'a\/\/b'$/, /URL.*'minio'$/],
  ],
  ['kubernetes://Bad/x', [/the namespace must be a DNS label.*'Bad'$/, /no path.*'x'$/]],
])('a backend that cannot be, and nothing of a credential: %s', (AICC_BACKEND, messages) => {
  const found = problemsOf(() => readSettings({ AICC_BACKEND }));
  expect(found).toEqual(messages.map((message) => expect.stringMatching(message)));
  expect(found.join()).not.toContain('planted');
});

test('a tenant that is removed without having been retired', () => {
  const [gone] = tenants;
  if (!gone) throw new Error('no tenant');
  const rest = tianjin.tenants.filter((tenant) => tenant !== gone);
  const lock = { 'phase-100p': { [gone.name]: 'active' } } as const;
  expect(problems({ tenants: rest, lock })).toEqual([
    expect.stringMatching(
      new RegExp(
        `^tenants/${gone.name}: .*state 'retired' for phase-100p.*got: 'active' and no entry$`,
      ),
    ),
  ]);
  const retired = { 'phase-100p': { [gone.name]: 'retired' } } as const;
  expect(removedTenants({ ...tianjin, tenants: rest, lock: retired })).toEqual([]);
});

test('a share that shrinks without a reason, and a term that is over', () => {
  const shrunk = {
    ...services,
    allocations: { 'phase-100p': { guarantee: 96 }, 'phase-200p': { guarantee: 95 } },
  };
  expect(problems({ tenants: [shrunk], servings: [] })).toEqual([
    expect.stringMatching(
      /^phase-200p-tenants\/model-services: AICC-TEN-003.*95 NPUs guaranteed and 95 at most in phase-200p, 96 and 96 in phase-100p$/,
    ),
  ]);
  const over = {
    ...services,
    allocations: { 'phase-100p': { guarantee: 96 } },
    expiry: '2026-11-23',
  };
  expect(problems({ tenants: [over], servings: [] }, { today: '2026-11-24' })).toEqual([
    expect.stringMatching(/^phase-100p-tenants\/model-services: AICC-TEN-001.*last day 2026-11-23/),
  ]);
});

test('a share before the scope of its tenant is opened, and a scope that no phase opens', () => {
  const scopes = { district: 'phase-100p', city: 'phase-200p', region: 'phase-0' };
  const early = { ...services, allocations: { 'phase-100p': { guarantee: 96 } } };
  expect(problems({ tenants: [early], servings: [], scopes })).toEqual([
    expect.stringMatching(
      /^tenants\/model-services: scope city is opened with phase-200p.*'phase-100p'$/,
    ),
    expect.stringMatching(/^scopes\/region: a scope is opened with a phase.*got: 'phase-0'$/),
  ]);
});

test('typos in the data of a tenant, and peers that are nobody', () => {
  const wrong = {
    ...plain,
    scope: 'cty',
    sector: 'health',
    expiery: '2026-01-01',
    allocations: { 'phase-100p': { guarantee: 96, ceilling: 3 } },
  } as unknown as typeof services;
  const lonely = { ...plain, name: 'lonely', peers: ['nobody'] };
  expect(problems({ tenants: [wrong, lonely], servings: [] })).toEqual([
    expect.stringMatching(/sector must be one of.*got: 'health'$/),
    expect.stringMatching(/scope must be one of.*got: 'cty'$/),
    expect.stringMatching(
      /allocations of phase-100p: unknown key; did you mean 'ceiling'\?.*got: 'ceilling'$/,
    ),
    expect.stringMatching(/tenant: unknown key; did you mean 'expiry'\?.*got: 'expiery'$/),
    expect.stringMatching(/peers must be tenants.*got: 'nobody'$/),
  ]);
});

test('a tenant without allocations', () => {
  const wrong = { ...services, allocations: undefined } as unknown as typeof services;
  expect(problems({ tenants: [wrong], servings: [] })).toEqual([
    'tenants/model-services: tenant: missing key; add allocations, got: none',
  ]);
});

test('acknowledgements in the data: unknown, stray, ended and unused ones are errors', () => {
  const at = (id: string, path: string, until = '2027-01-31') => ({
    id,
    path,
    until,
    reason: 'agreed',
  });
  const acknowledgements = [
    at('AICC-CAP-999', 'phase-100p-cluster/tj-1'),
    at('AICC-CAP-003', 'phase-9p-cluster/tj-9'),
  ];
  expect(problems({ acknowledgements })).toEqual([
    expect.stringMatching(
      /^phase-100p-cluster\/tj-1: id must be that of a proof .*got: 'AICC-CAP-999'$/,
    ),
    expect.stringMatching(
      /^acknowledgements: path of AICC-CAP-003 must begin with a stack; .*got: 'phase-9p-cluster\/tj-9'$/,
    ),
  ]);
  const misshapen = [
    { ...at('AICC-CAP-003', 'phase-100p-cluster/tj-1', 'soon'), reason: ' ' },
    { id: 'AICC-CAP-003' },
  ] as typeof acknowledgements;
  expect(problems({ acknowledgements: misshapen })).toEqual([
    "phase-100p-cluster/tj-1: until must be a day as YYYY-MM-DD; correct it, got: 'soon'",
    "phase-100p-cluster/tj-1: reason must say why; add it, got: ' '",
    'acknowledgements[1]: acknowledgement: missing key; add path, got: none',
    'acknowledgements[1]: reason must say why; add it, got: none',
    'acknowledgements[1]: acknowledgement: missing key; add until, got: none',
  ]);
  const stale = [
    at('AICC-CAP-003', 'phase-100p-cluster/tj-1', '2026-11-22'),
    at('AICC-TEN-003', 'phase-100p-tenants'),
  ];
  expect(problems({ acknowledgements: stale }, { today: '2026-11-23' })).toEqual([
    expect.stringMatching(/^phase-100p-cluster\/tj-1: acknowledgement of AICC-CAP-003 has ended; /),
    expect.stringMatching(/^phase-100p-tenants: acknowledgement of AICC-TEN-003 is not used: /),
  ]);
});
