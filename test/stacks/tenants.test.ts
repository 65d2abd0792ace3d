import { join } from 'node:path';
import { synthesizeCentre } from '../../stacks/build';
import { lockOf } from '../../stacks/tenant-lock';
import { tianjin } from '../../stacks/tianjin';
import { writeLock } from '../../stacks/write-lock';
import { temporaryFolder } from '../helpers/temporary-folder';

const SETTINGS = { kubeconfig: '~/.kube/config', contexts: {} };
const [services, ...others] = tianjin.tenants;
if (!services) throw new Error('the centre has no tenants');

test('the state of an allocation goes before that of its tenant', () => {
  const tenant = {
    ...services,
    state: 'cordoned',
    allocations: {
      'phase-100p': { guarantee: 96, state: 'active' },
      'phase-200p': { guarantee: 96 },
    },
  } as const;
  const centre = { ...tianjin, tenants: [tenant], servings: [], replacements: [], lock: undefined };
  const { phases } = synthesizeCentre(centre, SETTINGS, temporaryFolder());
  const states = phases.map(({ tenants }) => tenants.namespaces.get(tenant.name)?.state);
  expect(states).toEqual(['active', 'cordoned', undefined, undefined]);
  expect(lockOf(centre)).toMatchObject({
    'phase-100p': { [tenant.name]: 'active' },
    'phase-200p': { [tenant.name]: 'cordoned' },
  });
});

test('peers are peers on the clusters that they share', () => {
  const [a, b] = ['port-logistics', 'tianda-zhitu'];
  const tenants = tianjin.tenants.map((tenant) => ({
    ...tenant,
    ...(tenant.name === a ? { peers: [`${b}`] } : {}),
    ...(tenant.name === b ? { peers: [`${a}`] } : {}),
  }));
  const { phases } = synthesizeCentre({ ...tianjin, tenants }, SETTINGS, temporaryFolder());
  const peers = phases.map(
    ({ cluster }) =>
      cluster.cluster.inventory().tenants.find(({ namespace }) => namespace === a)?.peers,
  );
  expect(peers).toEqual([undefined, [], undefined, [b]]);
});

test('the lock is written where the data has changed', () => {
  const file = join(temporaryFolder(), 'tenants.lock.json');
  expect(writeLock(file, lockOf(tianjin))).toBe(true);
  expect(writeLock(file, lockOf(tianjin))).toBe(false);
  expect(writeLock(file, lockOf({ ...tianjin, tenants: others }))).toBe(true);
});
