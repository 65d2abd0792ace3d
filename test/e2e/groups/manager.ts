import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import type { LiveCluster } from '../../../cli/live/cluster';
import { waitFor } from '../../../cli/live/wait-for';
import type { KubernetesObject } from '../../../cli/manifests/render';
import { atEnd } from '../../../cli/process/clean-up';
import { must } from '../../gateway/programs';
import { freePort } from '../../gateway/start';
import type { Kubectl } from '../../helpers/kubectl';
import type { Log } from '../stage';

const CACHE = join(__dirname, '../../../.cache/leader-worker-set');
const MODULE = join(__dirname, 'leader-worker-set');
const PATH = 'sigs.k8s.io/lws';
const OWNER = 'lws-install';

/** Builds the manager of LeaderWorkerSet from its Go module, once for each version. */
async function managerProgram(log: Log): Promise<string> {
  const sums = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) sums.update(readFileSync(join(MODULE, file)));
  const program = join(CACHE, sums.digest('hex').slice(0, 12));
  if (existsSync(program)) return program;
  mkdirSync(CACHE, { recursive: true });
  // Made aside and renamed at the end: what an interrupted build leaves is never taken for whole.
  const aside = mkdtempSync(join(CACHE, 'building-'));
  try {
    log('building the manager of LeaderWorkerSet (once; minutes)');
    await must('go', ['build', '-trimpath', '-o', join(aside, 'manager'), `${PATH}/cmd`], MODULE);
    renameSync(join(aside, 'manager'), program);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return program;
}

/**
 * Starts the manager of LeaderWorkerSet with its CRDs and webhooks on a control plane of ours, as a program
 * of this machine. It is stopped by `cleanUp` at the latest.
 *
 * @param folder for files
 * @returns stops it
 */
export async function startManager(
  kubectl: Kubectl,
  cluster: LiveCluster,
  folder: string,
  log: Log,
): Promise<() => Promise<void>> {
  const program = await managerProgram(log);
  const download = await must('go', ['mod', 'download', '-json', PATH], MODULE);
  const { Dir: sources, Version: version } = JSON.parse(download);
  const crds = join(sources, 'config/crd/bases');
  for (const file of readdirSync(crds)) {
    await cluster.apply(parse(readFileSync(join(crds, file), 'utf8')), OWNER);
  }
  await waitFor(
    'LeaderWorkerSets served',
    60,
    () => cluster.resource('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet'),
    (served) => served !== undefined,
  );
  const credentials = await credentialsOf(kubectl);
  const certDir = join(folder, 'certificates');
  mkdirSync(certDir, { recursive: true });
  writeFileSync(join(certDir, 'tls.crt'), credentials.certificate);
  writeFileSync(join(certDir, 'tls.key'), credentials.key, { mode: 0o600 });
  const [port, health] = [await freePort(), await freePort()];
  const config = join(folder, 'manager.yaml');
  writeFileSync(
    config,
    stringify({
      apiVersion: 'config.lws.x-k8s.io/v1alpha1',
      kind: 'Configuration',
      leaderElection: { leaderElect: false },
      internalCertManagement: { enable: false },
      metrics: { bindAddress: '0' },
      health: { healthProbeBindAddress: `127.0.0.1:${health}` },
      webhook: { host: '127.0.0.1', port, certDir },
    }),
  );
  const said = join(folder, 'manager.log');
  const output = createWriteStream(said);
  await once(output, 'open');
  const manager = spawn(program, ['--config', config], {
    stdio: ['ignore', output, output],
    env: { ...process.env, KUBECONFIG: kubectl.kubeconfig },
  });
  const ended = once(manager, 'exit');
  const stop = atEnd(async () => {
    manager.kill();
    await ended;
    output.close();
  });
  await waitFor(
    'manager of LeaderWorkerSet started',
    120,
    async () => {
      if (manager.exitCode !== null) {
        throw new Error(`the manager has ended:\n${readFileSync(said, 'utf8').slice(-2000)}`);
      }
      return listens(port);
    },
    (up) => up,
  );
  for (const webhooks of await configurations(sources, port, credentials.authority)) {
    await cluster.apply(webhooks, OWNER);
  }
  log(`manager of LeaderWorkerSet ${version} started, with its webhooks`);
  return stop;
}

/** Of the API server of KWOK, whose certificate is that of its user, too: good for 127.0.0.1. */
async function credentialsOf(kubectl: Kubectl) {
  const text = await kubectl.must(['config', 'view', '--raw', '--flatten', '--minify', '-o=json']);
  const { clusters, users } = JSON.parse(text);
  const decoded = (data: string) => Buffer.from(data, 'base64').toString();
  return {
    certificate: decoded(users[0].user['client-certificate-data']),
    key: decoded(users[0].user['client-key-data']),
    authority: clusters[0].cluster['certificate-authority-data'] as string,
  };
}

interface Webhooks extends KubernetesObject {
  readonly webhooks: readonly {
    readonly clientConfig: { readonly service: { readonly path: string } };
    readonly rules: readonly { readonly resources: readonly string[] }[];
  }[];
}

/** Upstream's webhooks at an address of this machine; of pods those of groups only (its kustomization). */
async function configurations(
  sources: string,
  port: number,
  caBundle: string,
): Promise<KubernetesObject[]> {
  const text = readFileSync(join(sources, 'config/webhook/manifests.yaml'), 'utf8');
  const ofGroups = {
    matchExpressions: [{ key: 'leaderworkerset.sigs.k8s.io/name', operator: 'Exists' }],
  };
  return parseAllDocuments(text)
    .map((document) => document.toJS() as Webhooks)
    .map((object) => ({
      ...object,
      webhooks: object.webhooks.map(({ clientConfig, ...webhook }) => ({
        ...webhook,
        clientConfig: {
          url: `https://127.0.0.1:${port}${clientConfig.service.path}`,
          caBundle,
        },
        ...(webhook.rules.some(({ resources }) => resources.includes('pods'))
          ? { objectSelector: ofGroups }
          : {}),
      })),
    }));
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const say = (up: boolean) => {
      socket.destroy();
      resolve(up);
    };
    socket.once('connect', () => say(true));
    socket.once('error', () => say(false));
  });
}
