import { readPhases } from '../../../cli/declared/phase';
import { guaranteeJobs } from '../../../cli/rehearse/guarantees';
import { REHEARSAL_LABEL } from '../../../cli/rehearse/rehearsal-label';
import { simulatedNodes } from '../../../cli/rehearse/simulated-nodes';
import { synthesizeCentre } from '../../../stacks/build';
import { tianjin } from '../../../stacks/tianjin';
import { temporaryFolder } from '../../helpers/temporary-folder';

let out: string;

beforeAll(() => {
  out = temporaryFolder();
  const settings = { kubeconfig: '/site/kubeconfig', contexts: { 'tj-2': 'admin@tj-2' } };
  synthesizeCentre(tianjin, settings, out);
});

test('phases come with their stacks in order and the context that these name', () => {
  const phases = readPhases(out);
  expect(phases.map(({ id }) => id)).toEqual(tianjin.phases.map(({ id }) => id));
  expect(phases[1]?.stacks.map(({ name }) => name)).toEqual([
    'phase-200p-cluster',
    'phase-200p-tenants',
    'phase-200p-models',
  ]);
  expect(phases[1]?.target).toEqual({ kubeconfig: '/site/kubeconfig', context: 'admin@tj-2' });
});

test('an unknown phase is named with those that there are', () => {
  expect(() => readPhases(out, ['phase-100p', 'phase-9p'])).toThrow(
    "no such phase; use one of phase-100p, phase-200p, phase-300p, phase-1000p, got: 'phase-9p'",
  );
});

test('nodes join with taint and devices, and without the labels that the cluster stack patches', () => {
  const [phase] = readPhases(out, ['phase-100p']);
  if (!phase) throw new Error('no phase');
  const nodes = simulatedNodes(phase);
  expect(nodes).toHaveLength(43);
  const node = nodes.find(({ metadata }) => metadata.name === 'tj-1-npu-001') as never as {
    metadata: { labels: object };
    spec: object;
    status: { capacity: object; allocatable: object };
  };
  expect(node.metadata.labels).toEqual({
    'kubernetes.io/hostname': 'tj-1-npu-001',
    'kubernetes.io/arch': 'arm64',
    accelerator: 'huawei-Ascend910',
    'node.kubernetes.io/npu.chip.name': '910B3',
  });
  expect(node.spec).toEqual({ taints: [{ key: 'huawei.com/Ascend910', effect: 'NoSchedule' }] });
  expect(node.status.capacity).toMatchObject({ 'huawei.com/Ascend910': '8', cpu: '192' });
  // The kubelet keeps a part back.
  expect(node.status.allocatable).toMatchObject({ 'huawei.com/Ascend910': '8', cpu: '184' });
  const management = nodes.find(({ metadata }) => metadata.name === 'tj-1-mgmt-001');
  expect(management?.spec).toEqual({ taints: [] });
});

test('jobs and servings of a tenant add up to its guarantee, in whole servers first', () => {
  for (const phase of readPhases(out)) {
    for (const { namespace, servingNpus, jobNpus, jobs } of guaranteeJobs(phase)) {
      const tenant = phase.cluster.tenants.find((entry) => entry.namespace === namespace);
      expect(servingNpus + jobNpus).toBe(Math.max(tenant?.guarantee ?? 0, servingNpus));
      expect(jobs.length).toBeGreaterThanOrEqual(jobNpus / 8);
      expect(jobs.length).toBeLessThan(jobNpus / 8 + 4);
      let held = 0;
      for (const job of jobs) {
        const { template } = job.spec as {
          template: {
            metadata: { labels: object };
            spec: { containers: { resources: { limits: Record<string, string> } }[] };
          };
        };
        expect(template.metadata.labels).toHaveProperty([REHEARSAL_LABEL]);
        const [container] = template.spec.containers;
        const npus = Number(container?.resources.limits['huawei.com/Ascend910']);
        // CPU and memory that go with the NPUs are asked for, too.
        expect(Number(container?.resources.limits.cpu)).toBeGreaterThanOrEqual(20 * npus);
        held += npus;
      }
      expect(held).toBe(jobNpus);
    }
  }
});

test('a cordoned tenant gets no jobs', () => {
  const folder = temporaryFolder();
  const tenants = tianjin.tenants.map((tenant) =>
    tenant.name === 'tianda-zhitu' ? { ...tenant, state: 'cordoned' as const } : tenant,
  );
  synthesizeCentre({ ...tianjin, tenants }, { kubeconfig: 'k', contexts: {} }, folder);
  const [phase] = readPhases(folder, ['phase-100p']);
  const loads = phase ? guaranteeJobs(phase) : [];
  expect(loads.find(({ namespace }) => namespace === 'tianda-zhitu')).toMatchObject({
    jobNpus: 0,
    jobs: [],
  });
});
