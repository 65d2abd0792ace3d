import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPhases } from '../../../cli/declared/phase';
import { UserError } from '../../../cli/errors';
import type { StackImports } from '../../../cli/import/blocks';
import { importCommand } from '../../../cli/import/command';
import type { KubernetesObject } from '../../../cli/manifests/render';
import { synthesizeCentre } from '../../../stacks/build';
import { tianjin } from '../../../stacks/tianjin';
import { type FakeApiServer, fakeApiServer } from '../../helpers/fake-api-server';
import { temporaryFolder } from '../../helpers/temporary-folder';

const output = join(temporaryFolder(), 'out');
const server: { current?: FakeApiServer } = {};

// Hundreds of requests each, on machines that have other work.
jest.setTimeout(60_000);

beforeAll(() => {
  const settings = { kubeconfig: 'k', contexts: {}, environment: 'phase-100p' };
  synthesizeCentre(tianjin, settings, output);
});

afterEach(async () => {
  await server.current?.stop();
});

/** Kinds of the phase, by the paths under which an API server serves them. */
function kinds() {
  const [phase] = readPhases(output);
  const objects = phase?.objects.map(({ object }) => object) ?? [];
  const resources = new Map<string, Map<string, { kind: string; namespaced: boolean }>>();
  for (const { apiVersion, kind, metadata } of objects) {
    const path = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
    const group = resources.get(path) ?? new Map();
    group.set(kind.toLowerCase(), { kind, namespaced: metadata.namespace !== undefined });
    resources.set(path, group);
  }
  return { objects, resources };
}

/** A cluster that has the objects of the phase, as `change` makes them. */
async function clusterWith(change: (object: KubernetesObject) => KubernetesObject | undefined) {
  const { objects, resources } = kinds();
  const byPath = new Map(
    objects.flatMap((object) => {
      const { apiVersion, kind, metadata } = object;
      const there = change(object);
      const namespace = metadata.namespace ? `/namespaces/${metadata.namespace}` : '';
      const group = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
      return there ? [[`${group}${namespace}/${kind.toLowerCase()}/${metadata.name}`, there]] : [];
    }),
  );
  server.current = await fakeApiServer((path) => {
    const group = resources.get(path);
    if (group) {
      const list = [...group].map(([name, resource]) => ({ name, verbs: ['get'], ...resource }));
      return { body: { resources: list } };
    }
    const body = byPath.get(path);
    return body && { body };
  });
  return server.current;
}

const byTerraform = (object: KubernetesObject): KubernetesObject =>
  ({
    ...object,
    metadata: { ...object.metadata, managedFields: [{ manager: 'HashiCorp' }] },
  }) as KubernetesObject;

async function run(args: readonly string[]): Promise<string> {
  const written: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(`${text}`);
    return true;
  });
  const connection = ['--kubeconfig', server.current?.kubeconfig ?? '', '--context', 'here'];
  try {
    await importCommand().parseAsync(['phase-100p', '--output', output, ...connection, ...args], {
      from: 'user',
    });
  } finally {
    write.mockRestore();
  }
  return written.join('');
}

async function stacks(...args: string[]): Promise<readonly StackImports[]> {
  return JSON.parse(await run(['--json', ...args])).stacks;
}

test('every object but labels of nodes is imported, by the id of its kind, and nothing is written to the cluster', async () => {
  const { requests } = await clusterWith(byTerraform);
  const all = await stacks();
  const imports = all.flatMap((stack) => stack.imports);
  const [phase] = readPhases(output);
  const labels = phase?.objects.filter(({ object }) => object.kind === 'Node').length ?? 0;
  expect(labels).toBeGreaterThan(40);
  expect(imports).toHaveLength((phase?.objects.length ?? 0) - labels);
  expect(all.map(({ patches }) => patches)).toEqual([labels, 0, 0]);
  const idOf = (start: string) => imports.find(({ to }) => to.startsWith(start))?.id;
  expect(idOf('kubernetes_priority_class_v1.tj-1_priorities_batch')).toBe('batch');
  expect(idOf('kubernetes_resource_quota_v1.tianda-zhitu_quota_tenant')).toBe(
    'tianda-zhitu/tenant',
  );
  expect(idOf('kubernetes_default_service_account_v1.tianda-zhitu')).toBe('tianda-zhitu/default');
  expect(imports.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'apiVersion=scheduling.volcano.sh/v1beta1,kind=Queue,name=tianda-zhitu',
      'apiVersion=leaderworkerset.x-k8s.io/v1,kind=LeaderWorkerSet,namespace=model-services,name=deepseek-r1-group',
    ]),
  );
  expect(requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
});

test('says what is not there, what is not as declared and what somebody else has made', async () => {
  await clusterWith((object) => {
    if (object.kind === 'Queue') return undefined;
    if (object.kind !== 'PriorityClass') return byTerraform(object);
    const metadata = { ...object.metadata, managedFields: [{ manager: 'kubectl-create' }] };
    return { ...object, metadata, value: 7 } as KubernetesObject;
  });
  const [cluster, tenants] = await stacks();
  expect(tenants?.missing.every((address) => address.includes('queue'))).toBe(true);
  expect(tenants?.missing).toHaveLength(
    tianjin.tenants.filter((t) => t.allocations['phase-100p']).length,
  );
  expect(cluster?.differing[0]).toMatchObject({
    to: expect.stringMatching(/^kubernetes_priority_class_v1\./),
    fields: [expect.stringMatching(/^\.value is 7, declared \d+$/)],
  });
  expect(cluster?.foreign.map(({ makers }) => makers)).toEqual(
    cluster?.differing.map(() => 'kubectl-create'),
  );
  const text = await run([]);
  expect(text).toMatch(/^phase-100p-cluster: \d+ objects to import$/m);
  expect(text).toMatch(/^ {2}\d+ not there; Terraform creates them$/m);
  expect(text).toMatch(/^ {4}kubernetes_priority_class_v1\.\S+: kubectl-create$/m);
});

test('writes a file a stack that is whole, over an earlier one, and only for the stacks that are asked for', async () => {
  await clusterWith(byTerraform);
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'phase-100p-tenants'));
  writeFileSync(join(folder, 'phase-100p-tenants/import.tf.json'), 'old');
  await run(['--write', folder, '--stack', 'phase-100p-tenants']);
  expect(readdirSync(folder)).toEqual(['phase-100p-tenants']);
  expect(readdirSync(join(folder, 'phase-100p-tenants'))).toEqual(['import.tf.json']);
  const file = readFileSync(join(folder, 'phase-100p-tenants/import.tf.json'), 'utf8');
  expect(JSON.parse(file).import[0]).toEqual({ to: expect.any(String), id: expect.any(String) });
  await run(['--write']);
  expect(existsSync(join(output, 'stacks/phase-100p-models/import.tf.json'))).toBe(true);
});

test.each([
  [
    'an empty cluster',
    () => undefined,
    [],
    /^nothing to import; check the context or deploy instead, got: no object of phase-100p-cluster, .* on context here$/,
  ],
  [
    'the cluster of another phase',
    (object: KubernetesObject) => ({ ...object, data: { phase: 'phase-200p' } }),
    [],
    /^context 'here' is the cluster of another phase; name that of phase-100p, got: 'phase-200p'$/,
  ],
  [
    'an unknown stack',
    byTerraform,
    ['--stack', 'phase-9p-models'],
    /^no such stack; use one of phase-100p-cluster, .*, got: 'phase-9p-models'$/,
  ],
  [
    'a folder that is a file',
    byTerraform,
    ['--write', join(__filename)],
    /^cannot write into .*import.test.ts; ENOTDIR/,
  ],
])('fails for %s with one line', async (_, change, args, message) => {
  await clusterWith(change);
  const failure = await run(args).catch((error) => error);
  expect(failure).toBeInstanceOf(UserError);
  expect(failure.message).toMatch(message);
});

test('fails with the reason where the caller may not look, and where the server has gone', async () => {
  server.current = await fakeApiServer(() => ({
    status: 403,
    body: { reason: 'Forbidden', message: 'configmaps is forbidden: User "u" cannot get' },
  }));
  await expect(run([])).rejects.toThrow(/^configmaps is forbidden: User "u" cannot get$/);
  await expect(run([])).rejects.toBeInstanceOf(UserError);
  await server.current.stop();
  await expect(run([])).rejects.toThrow(/^the API server of context 'here' does not answer;/);
});
