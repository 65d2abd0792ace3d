import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { atEnd } from '../../cli/process/clean-up';
import { ENVOY_VERSION, must, type Programs } from './programs';
import { XDS_PORT } from './rate-limit';

/** Ports that Envoy Gateway takes for itself: admin, metrics, three of xDS, health and readiness of the proxy. */
const OWN_PORTS = [19000, 19001, 18000, XDS_PORT, 18002, 8081, 19003];

/** A running gateway, and how it is told of routes. */
export interface RunningGateway {
  /** Gives it other objects in place of those it has. */
  readonly apply: (objects: readonly object[]) => void;
  /** The end of what it said, for a failure. */
  readonly lastWords: () => string;
  /** Folder with the certificates of the rate limit service. */
  readonly certificates: string;
}

/**
 * Starts Envoy Gateway with a real Envoy on this machine, reading its objects from a folder. Both are stopped,
 * and what they wrote removed, by `cleanUp`.
 *
 * @param redisPort where the rate limit service keeps its counters
 */
export async function startGateway(
  programs: Programs,
  objects: readonly object[],
  redisPort: number,
): Promise<RunningGateway> {
  for (const port of OWN_PORTS) {
    if (!(await isFree(port))) throw new Error(`port ${port} is taken; Envoy Gateway needs it`);
  }
  const home = mkdtempSync(join(tmpdir(), 'aicc-gateway-'));
  atEnd(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  const folder = (name: string) => {
    mkdirSync(join(home, name), { recursive: true });
    return join(home, name);
  };
  // Where it looks for the Envoy of a version before it would download one.
  const envoy = join(folder(`data/envoy-versions/${ENVOY_VERSION}/bin`), 'envoy');
  copyFileSync(programs.envoy, envoy);
  chmodSync(envoy, 0o755);
  const host = {
    configHome: folder('config'),
    dataHome: folder('data'),
    stateHome: folder('state'),
    runtimeDir: folder('run'),
  };
  const resources = folder('resources');
  const apply = (all: readonly object[]) => {
    // Moved in whole: half a file would be half the routes.
    const aside = join(home, 'objects.yaml');
    writeFileSync(aside, all.map((object) => stringify(object)).join('---\n'));
    renameSync(aside, join(resources, 'objects.yaml'));
  };
  apply(objects);
  const config = join(home, 'envoy-gateway.yaml');
  writeFileSync(config, stringify(configuration(resources, host, redisPort)));
  await must(programs.envoyGateway, ['certgen', '--local', '--config-home', host.configHome]);

  const log = join(home, 'log');
  const output = createWriteStream(log);
  await once(output, 'open');
  // A group of its own, so that Envoy ends with it.
  const gateway = spawn(programs.envoyGateway, ['server', '--config-path', config], {
    stdio: ['ignore', output, output],
    detached: true,
  });
  const ended = once(gateway, 'exit');
  atEnd(async () => {
    if (gateway.exitCode === null && gateway.pid !== undefined)
      process.kill(-gateway.pid, 'SIGTERM');
    await ended;
  });
  return {
    apply,
    lastWords: () => readFileSync(log, 'utf8').slice(-3000),
    certificates: join(host.configHome, 'certs/envoy-rate-limit'),
  };
}

function configuration(resources: string, host: Record<string, string>, redisPort: number): object {
  return {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'EnvoyGateway',
    gateway: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
    provider: {
      type: 'Custom',
      custom: {
        resource: { type: 'File', file: { paths: [resources] } },
        infrastructure: { type: 'Host', host },
      },
    },
    extensionApis: { enableBackend: true, enableLua: true, enableEnvoyPatchPolicy: true },
    rateLimit: {
      backend: { type: 'Redis', redis: { url: `redis://127.0.0.1:${redisPort}` } },
      // The default of 20 ms is little on a machine that does much else.
      timeout: '5s',
      failClosed: true,
    },
    logging: { level: { default: 'warn' } },
  };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
