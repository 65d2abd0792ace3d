import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeCentre } from '../../stacks/build';
import type { Centre, Phase } from '../../stacks/centre';
import { tianjin } from '../../stacks/tianjin';
import { temporaryFolder } from '../helpers/temporary-folder';

const SETTINGS = { kubeconfig: 'k', contexts: {} };

/** Text of the stacks of some phases, by name of the stack. */
function stacksOf(centre: Centre, ids: readonly string[], environment?: string) {
  const folder = temporaryFolder();
  synthesizeCentre(centre, { ...SETTINGS, environment }, folder);
  const stacks = join(folder, 'stacks');
  const names = readdirSync(stacks).filter((name) => ids.some((id) => name.startsWith(`${id}-`)));
  return new Map(
    names.map((name) => [name, readFileSync(join(stacks, name, 'cdk.tf.json'), 'utf8')]),
  );
}

const ids = tianjin.phases.map(({ id }) => id);

/** One more phase, with a tenant and a model of its own. */
function withOneMore(): Centre {
  const last = tianjin.phases.at(-1) as Phase;
  const added: Phase = {
    ...last,
    id: 'phase-1100p',
    milestonePetaflops: 1100,
    cluster: {
      ...last.cluster,
      name: 'tj-5',
      pools: last.cluster.pools.map((pool) => ({ ...pool, targetPetaflops: 100 })),
    },
  };
  const shrinkReason = 'few models move to the fifth cluster';
  const allocation = { guarantee: 16, ceiling: 32, shrinkReason };
  const tenants = tianjin.tenants.map((tenant) =>
    tenant.name === 'model-services'
      ? { ...tenant, allocations: { ...tenant.allocations, [added.id]: allocation } }
      : tenant,
  );
  const serving = { phase: added.id, tenant: 'model-services', model: 'qwen3-8b', replicas: 2 };
  return {
    ...tianjin,
    phases: [...tianjin.phases, added],
    tenants,
    servings: [...tianjin.servings, serving],
  };
}

test.each([
  ['the environment goes on to the next phase', ids.slice(0, 1), ids[0], ids[1]],
  ['the environment goes on to the last phase', ids.slice(0, 3), ids[2], ids[3]],
])('%s: stacks of earlier phases stay byte for byte', (_, earlier, before, after) => {
  const was = stacksOf(tianjin, earlier, before);
  expect(was.size).toBe(3 * earlier.length);
  expect(stacksOf(tianjin, earlier, after)).toEqual(was);
});

test('a phase is added to the data: stacks of all others stay byte for byte', () => {
  const was = stacksOf(tianjin, ids);
  expect(was.size).toBe(3 * ids.length);
  const centre = withOneMore();
  expect(stacksOf(centre, ids)).toEqual(was);
  expect(stacksOf(centre, ['phase-1100p']).size).toBe(3);
});
