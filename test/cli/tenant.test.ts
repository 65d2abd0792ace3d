import { parse } from 'yaml';
import { tenantFacts } from '../../cli/tenant/facts';
import { tenantPage } from '../../cli/tenant/page';
import { phaseTotals, tenantTotals } from '../../cli/tenants/totals';
import { synthesizeCentre } from '../../stacks/build';
import { centreCapacity } from '../../stacks/capacity-file';
import { tianjin } from '../../stacks/tianjin';
import { temporaryFolder } from '../helpers/temporary-folder';

const NAME = 'tianjin-normal-university';
let out: string;
let inventory: ReturnType<typeof centreCapacity>;

beforeAll(() => {
  out = temporaryFolder();
  const tenants = tianjin.tenants.map((tenant) =>
    tenant.name === NAME
      ? {
          ...tenant,
          groups: { owner: ['tnu-it'] },
          imagePrefixes: ['registry.example/'],
          priorityClasses: ['interactive', 'batch'],
          expiry: '2030-06-30',
        }
      : tenant,
  );
  const centre = { ...tianjin, tenants };
  inventory = centreCapacity(
    centre,
    synthesizeCentre(centre, { kubeconfig: '~', contexts: {} }, out),
  );
});

test('what is sold is dedicated and shared, and with what is free all that is usable', () => {
  // tj-1: 320 NPUs less 32 spare; model-services 96; 32 + 32 + 16 + 16 + 48 = 144 of others.
  expect(phaseTotals(inventory)[0]).toEqual({
    phase: 'phase-100p',
    usable: { npus: 288, petaflops: 90.144 },
    dedicated: { npus: 144, petaflops: 45.072 },
    shared: { npus: 96, petaflops: 30.048 },
    sold: { npus: 240, petaflops: 75.12 },
    free: { npus: 48, petaflops: 15.024 },
  });
  for (const { usable, sold, free, dedicated, shared } of phaseTotals(inventory)) {
    expect(sold.npus + free.npus).toBe(usable.npus);
    expect(dedicated.npus + shared.npus).toBe(sold.npus);
  }
});

test('totals of a tenant grow with each milestone', () => {
  const own = tenantTotals(inventory).find((tenant) => tenant.name === NAME);
  // 32, nothing, 32 and 64 NPUs.
  expect(own?.cumulative.map(({ npus }) => npus)).toEqual([32, 32, 64, 128]);
  // 128 × 0.313 PF.
  expect(own?.cumulative.at(-1)?.petaflops).toBe(40.064);
});

test('facts of a tenant: shares, roles, limits and rules, from the inventory and from what is applied', () => {
  const facts = tenantFacts(out, NAME);
  expect(facts.total).toEqual({ npus: 128, petaflops: 40.064 });
  expect(facts.clusters.map(({ phase }) => phase)).toEqual([
    'phase-100p',
    'phase-300p',
    'phase-1000p',
  ]);
  expect(facts.clusters[0]).toMatchObject({
    cluster: 'tj-1',
    expiry: '2030-06-30',
    queue: NAME,
    imagePrefixes: ['registry.example/'],
    priorityClasses: ['interactive', 'batch'],
    podSecurity: 'restricted',
    roles: [
      { role: 'developer', subjects: ['ServiceAccount ci'] },
      { role: 'owner', subjects: ['Group tnu-it'] },
    ],
    quota: { 'requests.huawei.com/Ascend910': '48' },
  });
  const [first] = facts.clusters;
  expect(Object.keys(first?.quota ?? {})).not.toContain('requests.huawei.com/Ascend310P');
  // Models of the shared tenant are behind the gateway: the network lets nothing else out.
  expect(new Set(first?.endpoints.map(({ reach }) => reach))).toEqual(new Set(['gateway']));
});

test('models of its own are reached without the gateway', () => {
  const [first] = tenantFacts(out, 'model-services').clusters;
  expect(first?.endpoints).toContainEqual({
    model: 'qwen3-8b',
    url: 'http://qwen3-8b.model-services.svc:8000/v1',
    reach: 'direct',
  });
});

test('a model that names the tenant as its client is reached from its pods', () => {
  const [first] = tenantFacts(out, 'traffic-signals').clusters;
  const { endpoints = [] } = first ?? {};
  expect(endpoints).toContainEqual({
    model: 'rt-detr-r50',
    // Not the API of vLLM: a container of the site.
    url: 'http://rt-detr-r50.model-services.svc:8000',
    reach: 'direct',
  });
  expect(endpoints.find(({ model }) => model === 'qwen3-vl-8b')?.reach).toBe('gateway');
});

test('the page shows the sums, what is not promised, and jobs that keep to the rules', () => {
  const page = tenantPage(tenantFacts(out, NAME));
  expect(page).toContain('**Guaranteed: 128 NPUs (40.06 PF)** on 3 clusters.');
  expect(page).toContain('nothing is taken back by force');
  expect(page).toContain(
    'NetworkPolicy does not bind pods on the host network, and HCCL runs over',
  );
  expect(page).toContain(`kubectl create token ci --namespace ${NAME} --duration=1h`);
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => parse(text));
  expect(blocks).toHaveLength(6);
  const [job, volcanoJob] = blocks;
  const container = {
    image: expect.stringMatching(/^registry.example\/vllm-ascend:/),
    resources: { limits: { 'huawei.com/Ascend910': '1' } },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
  const pod = {
    metadata: { annotations: { 'scheduling.volcano.sh/queue-name': NAME } },
    spec: {
      schedulerName: 'volcano',
      priorityClassName: 'batch',
      securityContext: { runAsNonRoot: true, runAsUser: 1000 },
      tolerations: [{ key: 'huawei.com/Ascend910', effect: 'NoSchedule' }],
      containers: [container],
    },
  };
  expect(job).toMatchObject({
    apiVersion: 'batch/v1',
    metadata: { namespace: NAME },
    spec: { template: pod },
  });
  expect(volcanoJob).toMatchObject({
    apiVersion: 'batch.volcano.sh/v1alpha1',
    spec: { queue: NAME, minAvailable: 1, tasks: [{ replicas: 1, template: pod }] },
  });
});

test('a tenant that is not there, and a folder without output', () => {
  expect(() => tenantFacts(out, 'nobody')).toThrow(
    /no such tenant; use one of model-services, .*got: 'nobody'/,
  );
  expect(() => tenantFacts('nowhere', NAME)).toThrow(
    /cannot read nowhere\/capacity.json; run `npm start` first/,
  );
});
