import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../../cli/live/wait-for';
import { atEnd, cleanUp, wasInterrupted } from '../../cli/process/clean-up';
import { removeTemporaryFolders } from '../helpers/temporary-folder';
import {
  type Checked,
  checkAccess,
  checkCanary,
  checkLargeRequest,
  checkOneSide,
  checkReach,
  checkShadow,
  checkStreams,
  checkWalk,
} from './checks';
import { Client } from './client';
import { checkManyStreams, checkPauses } from './connections';
import { ModelServer } from './models';
import { ENVOY_VERSION, gatewayPrograms, must } from './programs';
import { Redis, startRateLimit } from './rate-limit';
import {
  ALIASES,
  CALLERS,
  DOMAIN,
  KEEP_ALIVE_MS,
  NAMESPACES,
  NEWCOMER,
  PAUSING,
  sampleObjects,
  TOKEN_USAGE,
} from './sample';
import { standaloneObjects } from './standalone';
import { freePort, startGateway } from './start';
import { checkTokenLimits } from './token-limits';

function log(line: string): void {
  console.log(`gateway: ${line}`);
}

async function main(): Promise<void> {
  atEnd(removeTemporaryFolders);
  const programs = await gatewayPrograms(log);
  const port = await freePort();
  const rateLimitPort = await freePort();
  const redis = await Redis.start(await freePort());
  const servers = await startServers();
  const certificate = await makeCertificate();
  const keys = Object.fromEntries(
    [...CALLERS, NEWCOMER].map((tenant) => [tenant, `key-of-${tenant}`]),
  );
  const given = (changes?: Parameters<typeof sampleObjects>[1]) =>
    standaloneObjects(sampleObjects(port, changes), {
      ports: new Map([...servers].map(([name, server]) => [name, server.port])),
      certificate,
      keys,
      keyNamespace: NAMESPACES.routes,
      rateLimitPort,
      tokenUsage: TOKEN_USAGE,
    });
  const gateway = await startGateway(programs, given(), redis.port);
  const { rules, lastWords } = await startRateLimit({
    programs,
    redis,
    port: rateLimitPort,
    debugPort: await freePort(),
    httpPort: await freePort(),
    certificates: gateway.certificates,
  });
  const client = new Client({ port, domain: DOMAIN, ca: certificate.cert });
  atEnd(() => client.close());
  const many = new Client({ port, domain: DOMAIN, ca: certificate.cert }, Number.POSITIVE_INFINITY);
  atEnd(() => many.close());
  const checked: Checked = { client, keys, servers, log };
  try {
    await waitFor(
      'the gateway answers',
      180,
      () => client.call({ alias: 'in-foreign', key: keys.nankai }).catch(({ code }) => ({ code })),
      (answer) => 'status' in answer && answer.status === 200,
    );
    log(`Envoy Gateway with Envoy ${ENVOY_VERSION}, ${Object.keys(ALIASES).length} aliases`);
    for (const server of servers.values()) server.seen.length = 0;
    const streams = checkStreams(checked);
    streams.catch(() => {});
    await checkReach(checked);
    await checkAccess(checked);
    await checkOneSide(checked);
    await checkCanary(checked);
    await streams;
    for (const server of servers.values()) server.seen.length = 0;
    await checkShadow(checked);
    await checkLargeRequest(checked);
    await checkPauses(checked);
    await checkManyStreams(checked, many);
    const change = (changes: Parameters<typeof given>[0]) => gateway.apply(given(changes));
    await checkTokenLimits({ ...checked, redis, rules, change });
    await checkWalk(checked, (walking) => change({ walking }));
  } catch (error) {
    console.error(gateway.lastWords());
    console.error(lastWords());
    throw error;
  }
}

/** A server in the place of every Service that some stage of some alias has. */
async function startServers(): Promise<Map<string, ModelServer>> {
  const servers = new Map<string, ModelServer>();
  for (const [alias, { domesticDoes = 'answers' }] of Object.entries(ALIASES)) {
    const foreign = `${alias}-foreign`;
    const domestic = `${alias}-domestic`;
    const pauses = (Object.values(PAUSING) as string[]).includes(alias);
    const keepAliveMs = pauses ? KEEP_ALIVE_MS : undefined;
    servers.set(foreign, await ModelServer.start(foreign, 'answers', keepAliveMs));
    const gone = domesticDoes === 'is gone';
    const server = await ModelServer.start(domestic, gone ? 'answers' : domesticDoes);
    if (gone) server.stop();
    servers.set(domestic, server);
  }
  servers.set('elsewhere-only', await ModelServer.start('elsewhere-only'));
  return servers;
}

/** A certificate for all hosts of the domain, by the generator of the Go distribution. */
async function makeCertificate(): Promise<{ cert: string; key: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'aicc-certificate-'));
  try {
    const generator = join(
      (await must('go', ['env', 'GOROOT'])).trim(),
      'src/crypto/tls/generate_cert.go',
    );
    await must('go', ['run', generator, '--host', `*.${DOMAIN}`, '--ecdsa-curve', 'P256'], folder);
    return {
      cert: readFileSync(join(folder, 'cert.pem'), 'utf8'),
      key: readFileSync(join(folder, 'key.pem'), 'utf8'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main()
  .catch((error: unknown) => {
    if (!wasInterrupted()) console.error(error);
    process.exitCode = 1;
  })
  .finally(cleanUp)
  .then(() => {
    if (process.exitCode || wasInterrupted()) return;
    log('passed. Services stand for ports of this machine; no model runs.');
  });
