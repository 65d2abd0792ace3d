import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeCentre } from '../../stacks/build';
import type { Centre } from '../../stacks/centre';
import { readSettings, type Settings } from '../../stacks/settings';
import { tianjin } from '../../stacks/tianjin';
import { problemsOf } from '../helpers/cluster';
import { temporaryFolder } from '../helpers/temporary-folder';

const [phase] = tianjin.phases;
const [services] = tianjin.tenants;
const chat = tianjin.replacements?.find(({ alias }) => alias === 'policy-answers');
if (!phase || !services || !chat) throw new Error('the centre has no data');

const ON = 'phase-100p';
const SECRET = { secret: 'keys', key: 'chat' };

/** A centre in which every kind of data is there, as an engineer may write it. */
const CENTRE = {
  name: 'small',
  displayName: 'Small',
  phases: [
    {
      ...phase,
      cluster: {
        ...phase.cluster,
        pools: phase.cluster.pools.map((pool) => ({
          ...pool,
          reserve: { npus: 8, reason: 'the site tests with them' },
        })),
        gateway: {
          ...phase.cluster.gateway,
          envoyGateway: { bufferMib: 4, tokenUsage: { namespace: 'io.envoy', key: 'total' } },
        },
        options: {
          ...phase.cluster.options,
          components: { noded: 'managed' },
          policyActions: {},
          monitoring: { labels: { release: 'a' }, thresholds: { quotaUsed: 0.8 } },
        },
      },
    },
  ],
  tenants: [
    {
      ...services,
      allocations: { [ON]: { guarantee: { petaflops: 32 }, ceiling: 112 } },
      storage: { totalGib: 8192, byClassGib: { nvme: 10 } },
      objects: { pods: 600 },
      priorityShares: { batch: { pods: 3 } },
      targets: [{ name: 'data', cidr: '10.9.0.0/24', ports: [443] }],
    },
    ...tianjin.tenants.slice(1).map((tenant) => ({
      ...tenant,
      allocations: { [ON]: { guarantee: 0 } },
    })),
  ],
  servings: [
    {
      phase: ON,
      tenant: 'model-services',
      model: 'qwen3-8b',
      autoscaling: { minReplicas: 1, maxReplicas: 2 },
      arguments: { maxModelLen: 8192 },
      apiKey: SECRET,
      secretEnvironment: { TOKEN: SECRET },
      acceptLicence: { restrictions: [], reason: 'none to accept' },
    },
    {
      phase: ON,
      tenant: 'model-services',
      model: 'rt-detr-r50',
      replicas: 1,
      image: 'registry.aicc.internal/model-services/serving/rt-detr-r50:1.0.0',
      container: { port: 8000 },
    },
  ],
  replacements: [{ ...chat, route: { requestTimeoutSeconds: 600, tokenLimits: [] as object[] } }],
  assumptions: [{ about: 'all', reason: 'a test' }],
  acknowledgements: [
    { id: 'AICC-RISK-001', path: `${ON}-tenants`, reason: 'agreed', until: '2027-01-31' },
  ],
  scopes: { district: ON, city: ON, region: ON },
};

const SETTINGS: Settings = { kubeconfig: '~/.kube/config', contexts: {}, environment: ON };

/** A copy in which a key is another one: where, what it was (nothing: it comes in addition), what it is. */
function changed(where: readonly (string | number)[], was: string, is: string): Centre {
  const copy = JSON.parse(JSON.stringify(CENTRE));
  const inner = where.reduce((at, key) => at[key], copy);
  inner[is] = was === '' ? {} : inner[was];
  if (was !== '' && inner[is] === undefined) inner[is] = 4;
  delete inner[was];
  return copy as unknown as Centre;
}

const PHASE = ['phases', 0];
const CLUSTER = [...PHASE, 'cluster'];
const OPTIONS = [...CLUSTER, 'options'];
const POOL = [...CLUSTER, 'pools', 0];
const TENANT = ['tenants', 0];
const SERVING = ['servings', 0];
const REPLACEMENT = ['replacements', 0];

test('the centre holds as long as nothing is misspelt', () => {
  const out = join(temporaryFolder(), 'cdktf.out');
  expect(() => synthesizeCentre(CENTRE as unknown as Centre, SETTINGS, out)).not.toThrow();
  expect(existsSync(out)).toBe(true);
});

test.each<[string, readonly (string | number)[], string, string]>([
  ['centre', [], 'acknowledgements', 'acknowledgments'],
  ['centre', [], 'replacements', 'replacement'],
  ['centre', [], 'servings', 'serving'],
  ['centre', [], 'scopes', 'scope'],
  ['scopes', ['scopes'], 'district', 'distrct'],
  ['phase', PHASE, 'inService', 'inservice'],
  ['phase', PHASE, 'milestonePetaflops', 'milestonePetaflop'],
  ['phase', PHASE, 'cluster', 'clusters'],
  ['cluster', CLUSTER, 'managementServers', 'managementServer'],
  ['cluster', CLUSTER, 'gateway', 'gatway'],
  ['cluster', CLUSTER, 'options', 'option'],
  ['cluster options', OPTIONS, 'policyActions', 'policyAction'],
  ['cluster options', OPTIONS, 'monitoring', 'monitring'],
  ['cluster options', OPTIONS, 'imageRegistry', 'imageRegistery'],
  ['cluster options', OPTIONS, 'mindclusterVersion', 'mindClusterVersions'],
  ['components', [...OPTIONS, 'components'], 'noded', 'nodeD'],
  ['monitoring', [...OPTIONS, 'monitoring'], 'namespace', 'nameSpace'],
  ['monitoring', [...OPTIONS, 'monitoring'], 'thresholds', 'threshold'],
  ['thresholds', [...OPTIONS, 'monitoring', 'thresholds'], 'quotaUsed', 'quotaUse'],
  ['pool', POOL, 'spareServers', 'spareServer'],
  ['pool', POOL, 'reserve', 'reserv'],
  ['pool', POOL, 'serverForm', 'serverform'],
  ['reserve', [...POOL, 'reserve'], 'reason', 'reasons'],
  ['gateway', [...CLUSTER, 'gateway'], 'domain', 'domian'],
  ['gateway', [...CLUSTER, 'gateway', 'tls'], 'secretName', 'secretname'],
  ['gateway', [...CLUSTER, 'gateway', 'envoyGateway'], 'bufferMib', 'bufferMiB'],
  ['gateway', [...CLUSTER, 'gateway', 'envoyGateway', 'tokenUsage'], 'namespace', 'namespce'],
  ['weights', [...CLUSTER, 'weights'], 'image', 'imge'],
  ['mirror', [...CLUSTER, 'weights', 'mirror'], 'urlPrefix', 'urlprefix'],
  ['tenant', TENANT, 'imagePrefixes', 'imagePrefix'],
  ['tenant', TENANT, 'expiry', 'expiery'],
  ['tenant', TENANT, 'allocations', 'allocation'],
  ['allocation', [...TENANT, 'allocations', ON], 'ceiling', 'ceilling'],
  ['allocation', [...TENANT, 'allocations', ON, 'guarantee'], 'petaflops', 'petaFlop'],
  ['quota', [...TENANT, 'storage'], 'totalGib', 'totalGiBs'],
  ['quota', [...TENANT, 'objects'], 'pods', 'pod'],
  ['quota', [...TENANT, 'priorityShares', 'batch'], 'pods', 'podss'],
  ['groups', [...TENANT, 'groups'], 'owner', 'owners'],
  ['target', [...TENANT, 'targets', 0], 'ports', 'port'],
  ['serving', SERVING, 'replicas', 'replica'],
  ['serving', SERVING, 'autoscaling', 'autoscalling'],
  ['serving', SERVING, 'model', 'modle'],
  ['autoscaling', [...SERVING, 'autoscaling'], 'minReplicas', 'minReplica'],
  ['arguments', [...SERVING, 'arguments'], 'maxModelLen', 'maxModelLength'],
  ['key of a Secret', [...SERVING, 'apiKey'], 'secret', 'secrets'],
  ['key of a Secret', [...SERVING, 'secretEnvironment', 'TOKEN'], 'key', 'keys'],
  ['licence', [...SERVING, 'acceptLicence'], 'restrictions', 'restriction'],
  ['container', ['servings', 1, 'container'], 'port', 'prt'],
  ['replacement', REPLACEMENT, 'standbyReplicas', 'standbyReplica'],
  ['replacement', REPLACEMENT, 'thresholds', 'threshholds'],
  ['side', [...REPLACEMENT, 'foreign'], 'replicas', 'replica'],
  ['thresholds', [...REPLACEMENT, 'thresholds', 'quality'], 'atLeast', 'atleast'],
  ['step', [...REPLACEMENT, 'history', 2], 'weight', 'wieght'],
  ['step', [...REPLACEMENT, 'history', 2, 'figures'], 'quality', 'qualty'],
  ['next step', [...REPLACEMENT, 'next'], 'by', 'bye'],
  ['route', [...REPLACEMENT, 'route'], 'tokenLimits', 'tokenLimit'],
  ['acknowledgement', ['acknowledgements', 0], 'until', 'untill'],
  ['assumption', ['assumptions', 0], 'reason', 'resaon'],
])('%s: in %j for %s stands %s', (_kind, where, right, wrong) => {
  const out = join(temporaryFolder(), 'cdktf.out');
  const found = problemsOf(() => synthesizeCentre(changed(where, right, wrong), SETTINGS, out));
  expect(found).toEqual([
    expect.stringMatching(
      new RegExp(`: unknown key; did you mean '${right}'\\? use one of .*got: '${wrong}'$`),
    ),
  ]);
  expect(existsSync(out)).toBe(false);
});

test.each<[string, readonly (string | number)[], string]>([
  ['a priority ladder of the cluster, which has none to choose', OPTIONS, 'priorities'],
  ['memory of a server, which the server form says', POOL, 'memoryGib'],
  ['a pool beside its list', CLUSTER, 'serverForm'],
  ['a guarantee beside its phase', TENANT, 'guarantee'],
  ['a quota', TENANT, 'npus'],
  ['weights of a serving, which the cluster says', SERVING, 'weights'],
  ['the namespace of a serving, which its tenant says', SERVING, 'namespace'],
  ['a stage, which the history says', REPLACEMENT, 'stage'],
])('misplaced: %s', (_what, where, key) => {
  const out = join(temporaryFolder(), 'cdktf.out');
  const found = problemsOf(() => synthesizeCentre(changed(where, '', key), SETTINGS, out));
  expect(found).toEqual([
    expect.stringMatching(new RegExp(`: unknown key; .*use one of .*got: '${key}'$`)),
  ]);
  expect(existsSync(out)).toBe(false);
});

test('settings: a misspelt one is refused where it is given', () => {
  const out = join(temporaryFolder(), 'cdktf.out');
  const settings = { ...SETTINGS, failedProof: 'write' } as Settings;
  expect(problemsOf(() => synthesizeCentre(CENTRE as unknown as Centre, settings, out))).toEqual([
    expect.stringMatching(/^settings: settings: unknown key; did you mean 'failedProofs'\?/),
  ]);
  expect(existsSync(out)).toBe(false);
  expect(problemsOf(() => readSettings({ AICC_ENVIROMENT: 'phase-100p' }))).toEqual([
    "settings: unknown variable; did you mean 'AICC_ENVIRONMENT'? rename or unset it, got: 'AICC_ENVIROMENT'",
  ]);
  // Variables of the site's own are nobody's mistake.
  expect(() => readSettings({ AICC_REVIEW_TOKEN: 'a', AICC_PLAN: 'true' })).not.toThrow();
});
