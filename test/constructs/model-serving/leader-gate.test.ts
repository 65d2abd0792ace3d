import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { allModels } from '../../../constructs';
import { leaderGate } from '../../../constructs/model-serving/groups/leader-gate';
import { fitOnPool } from '../../../core/serving/fit';
import { Template } from '../../helpers/template';
import {
  containerOf,
  GROUP_CLUSTER,
  group,
  type KubernetesObject,
  POOLS,
  podsOf,
} from './fixtures';

/** Every model that runs over several servers, with a pool that it runs on. */
const GROUPS = POOLS.flatMap((pool) =>
  allModels().flatMap((model) => {
    if (model.access !== 'weights') return [];
    const fit = fitOnPool(model, pool);
    return Array.isArray(fit) || fit.pods === 1 ? [] : [[model.id, pool, model, fit.pods] as const];
  }),
);

test.each(GROUPS)(
  'workers of %s begin once their leader takes them',
  (id, pool, { licence }, servers) => {
    const { form, accelerator } = pool.server;
    const pools = [
      {
        name: 'npu',
        serverForm: form.id,
        accelerator: accelerator.id,
        servers,
        hostInterface: 'bond0',
      },
    ];
    const { restrictions } = licence;
    const made = group(
      {
        model: id,
        ...(restrictions.length > 0 && {
          acceptLicence: { restrictions, reason: 'rendered for a test' },
        }),
      },
      { guarantee: servers * pool.server.npus },
      { ...GROUP_CLUSTER, pools },
    );
    made.make();
    const { leader, worker } = podsOf(
      Template.of(made.stack)
        .objects<KubernetesObject>()
        .filter(({ kind }) => kind === 'LeaderWorkerSet'),
    );
    expect(leader?.spec?.initContainers?.map(({ name }) => name)).toEqual(['weights']);
    const [weights, gate] = worker?.spec?.initContainers ?? [];
    expect(weights?.name).toBe('weights');
    const port = containerOf(leader)
      .args?.find((word) => word.startsWith('--data-parallel-rpc-port='))
      ?.split('=')[1];
    expect(gate).toMatchObject({ name: 'leader', env: [{ name: 'LEADER_PORT', value: port }] });
    // Of the image that is there anyway, as a user, with less than the pod has for what it serves with.
    expect(gate?.image).toBe(containerOf(worker).image);
    expect(gate?.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(gate?.resources?.requests).toEqual(gate?.resources?.limits);
    expect(Object.keys(gate?.resources?.limits ?? {})).not.toContain(accelerator.resourceName);
  },
);

/** The gate of a worker as a process: what it says, and its exit code. */
function started(port: number) {
  const [shell = '', ...args] = leaderGate('image', port).command ?? [];
  const child = spawn(shell, args, {
    env: { ...process.env, LWS_LEADER_ADDRESS: '127.0.0.1', LEADER_PORT: `${port}` },
  });
  return { child, exit: once(child, 'exit') };
}

async function listening(port = 0) {
  const server = createServer((socket) => socket.on('error', () => {}).end());
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

test('the gate waits for the port of the leader, and ends when something listens there', async () => {
  const first = await listening();
  first.server.close();
  await once(first.server, 'close');
  const { child, exit } = started(first.port);
  const [said] = await once(child.stdout, 'data');
  expect(`${said}`).toContain(`waiting for 127.0.0.1:${first.port}`);
  expect(child.exitCode).toBeNull();
  const { server } = await listening(first.port);
  expect(await exit).toEqual([0, null]);
  server.close();
}, 30_000);

test('the gate goes at once when its pod is stopped', async () => {
  const { server, port } = await listening();
  server.close();
  await once(server, 'close');
  const { child, exit } = started(port);
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await exit).toEqual([1, null]);
  // What it waited with ends by itself, and would keep the pipe open.
  child.stdout.destroy();
}, 30_000);
