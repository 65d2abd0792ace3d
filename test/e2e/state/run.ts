import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LiveCluster } from '../../../cli/live/cluster';
import { synthesizeCentre } from '../../../stacks/build';
import { LAYERS } from '../../../stacks/phase-stack';
import { readSettings } from '../../../stacks/settings';
import { tianjin } from '../../../stacks/tianjin';
import { startTestPlane } from '../../helpers/control-plane';
import { temporaryFolder } from '../../helpers/temporary-folder';
import type { Log, StageContext } from '../stage';
import { givenCluster } from '../target';
import { Terraform } from '../terraform';
import { startObjectStore } from './object-store';
import { startPostgres } from './postgres';

const PHASE = tianjin.phases[0]?.id ?? '';
const CLUSTER = tianjin.phases[0]?.cluster.name ?? '';
const STACKS = LAYERS.map((layer) => `${PHASE}-${layer}`);

/** States of all stacks in each remote backend, from one setting: moved there, and found again by a new checkout. */
export async function state({ folder, programs, log }: StageContext): Promise<void> {
  const without = await new Terraform(synthesized(join(folder, 'state'), {})).unavailable(
    STACKS[0] ?? '',
  );
  if (without) {
    log(`states left out: ${without}`);
    return;
  }
  const password = randomBytes(12).toString('hex');
  await inPostgres(password, log);
  await inObjectStore(password, log);
  if (givenCluster(process.env)) {
    log('states in Secrets left out: the cluster is given');
    return;
  }
  await inSecrets(await programs(), log);
}

async function inPostgres(password: string, log: Log): Promise<void> {
  const postgres = await startPostgres(password);
  if (!postgres) {
    log('states in PostgreSQL left out: initdb is not installed');
    return;
  }
  const env = { AICC_BACKEND: 'pg', PG_CONN_STR: postgres.connection };
  await isKept(env, password);
  const schemas =
    "select schema_name from information_schema.schemata where schema_name like 'phase-%'";
  assert.deepEqual((await postgres.query(schemas)).sort(), [...STACKS].sort());
  const [version] = await postgres.query('show server_version');
  log(`states in PostgreSQL ${version}: a schema a stack, moved there and found again`);
  await postgres.stop();
}

async function inObjectStore(secret: string, log: Log): Promise<void> {
  const store = await startObjectStore();
  const env = {
    AICC_BACKEND: `s3://states/tj?region=site&endpoint=${store.endpoint}`,
    AWS_ACCESS_KEY_ID: 'aicc',
    AWS_SECRET_ACCESS_KEY: secret,
  };
  await isKept(env, secret);
  // No lock is left behind.
  assert.deepEqual(store.keys(), STACKS.map((stack) => `states/tj/${stack}.tfstate`).sort());
  log('states in a server that speaks S3: an object a stack, moved there and found again');
  await store.stop();
}

async function inSecrets(programs: string, log: Log): Promise<void> {
  const { kubectl, stop } = await startTestPlane(programs, 'state');
  const cluster = LiveCluster.open(kubectl);
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'terraform' } };
  await cluster.create(namespace);
  const { kubeconfig, context } = kubectl;
  await isKept({
    AICC_BACKEND: `kubernetes://terraform?context=${context}`,
    AICC_KUBECONFIG: kubeconfig,
  });
  const secrets = await cluster.list('v1', 'Secret', { namespace: 'terraform' });
  assert.deepEqual(
    secrets.map(({ metadata }) => metadata.name).sort(),
    STACKS.map((stack) => `tfstate-default-${stack}`).sort(),
  );
  log('states in Secrets: one a stack, moved there and found again');
  cluster.close();
  await stop();
}

/** @param secret must be in no file of the output and in nothing that Terraform prints */
async function isKept(env: Readonly<Record<string, string>>, secret?: string): Promise<void> {
  const folder = temporaryFolder();
  const output = synthesized(folder, {});
  const printed: string[] = [];
  const run = async (at: string, stack: string, ...args: string[]) => {
    printed.push(await new Terraform(at, env).must(stack, ...args));
  };
  for (const stack of STACKS) {
    await run(output, stack, 'init');
    await run(output, stack, 'apply', '-auto-approve');
  }
  synthesized(folder, env);
  for (const stack of STACKS) await run(output, stack, 'init', '-migrate-state', '-force-copy');
  await new Terraform(output, env).planIsEmpty(STACKS);

  const elsewhere = synthesized(temporaryFolder(), env);
  for (const stack of STACKS) await run(elsewhere, stack, 'init');
  // Each stack keeps its own name: one key for all would be a change.
  await new Terraform(elsewhere, env).planIsEmpty(STACKS);
  if (secret === undefined) return;
  const files = [output, elsewhere].flatMap(filesIn);
  assert(files.some((file) => file.endsWith('.terraform/terraform.tfstate')));
  const told = [...printed, ...files.map((file) => readFileSync(file, 'utf8'))];
  assert(!told.some((text) => text.includes(secret)), 'a credential is in the output');
}

/** Stacks of a phase with their backend, and one resource for which Terraform needs no provider. */
function synthesized(folder: string, env: Readonly<Record<string, string>>): string {
  const output = join(folder, 'cdktf.out');
  const settings = readSettings({ AICC_ENVIRONMENT: PHASE, ...env });
  synthesizeCentre(tianjin, { ...settings, contexts: { [CLUSTER]: CLUSTER } }, output);
  for (const stack of STACKS) {
    const file = join(output, 'stacks', stack, 'cdk.tf.json');
    const { backend } = JSON.parse(readFileSync(file, 'utf8')).terraform;
    const resource = { terraform_data: { stack: { input: stack } } };
    writeFileSync(file, JSON.stringify({ terraform: { backend }, resource }));
  }
  return output;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}
