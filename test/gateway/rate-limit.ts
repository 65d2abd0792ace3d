import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../../cli/live/wait-for';
import { atEnd } from '../../cli/process/clean-up';
import { must, type Programs } from './programs';

/** Port on which Envoy Gateway tells the rate limit service its rules. */
export const XDS_PORT = 18001;

/** A Redis on this machine that keeps nothing on disk; stopped by `cleanUp`. */
export class Redis {
  private constructor(readonly port: number) {}

  static async start(port: number): Promise<Redis> {
    // First: a program that is not installed is told as such.
    await must('redis-server', ['--version']);
    const server = spawn(
      'redis-server',
      ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      { stdio: 'ignore' },
    );
    stopAtEnd(server);
    const redis = new Redis(port);
    await waitFor(
      'Redis answers',
      60,
      () => redis.ask('ping').catch(() => ''),
      (answer) => answer === 'PONG',
    );
    return redis;
  }

  /** What was counted, by key. */
  async counters(): Promise<Map<string, number>> {
    const keys = (await this.ask('keys', '*')).split('\n').filter((key) => key !== '');
    if (keys.length === 0) return new Map();
    const values = (await this.ask('mget', ...keys)).split('\n');
    return new Map(keys.map((key, index) => [key, Number(values[index])]));
  }

  /** Forgets all counts. */
  async forget(): Promise<void> {
    await this.ask('flushall');
  }

  private async ask(...command: string[]): Promise<string> {
    return (await must('redis-cli', ['-p', `${this.port}`, ...command])).trim();
  }
}

export interface RateLimitProps {
  readonly programs: Programs;
  readonly redis: Redis;
  /** Port on which Envoy asks it. */
  readonly port: number;
  /** Port on which it tells its rules. */
  readonly debugPort: number;
  /** A third one, for requests in JSON, which nobody sends here. */
  readonly httpPort: number;
  /** Folder with the certificates by which Envoy Gateway knows it. */
  readonly certificates: string;
}

export interface RateLimitService {
  /** The rules that it has, as it tells them. */
  readonly rules: () => Promise<string>;
  /** The end of what it said, for a failure. */
  readonly lastWords: () => string;
}

/** Starts the rate limit service of Envoy with the rules of Envoy Gateway; stopped by `cleanUp`. */
export async function startRateLimit(props: RateLimitProps): Promise<RateLimitService> {
  const folder = mkdtempSync(join(tmpdir(), 'aicc-rate-limit-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const log = join(folder, 'log');
  const output = createWriteStream(log);
  await once(output, 'open');
  const file = (name: string) => join(props.certificates, name);
  const service = spawn(props.programs.rateLimit, [], {
    stdio: ['ignore', output, output],
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: `${props.httpPort}`,
      GRPC_HOST: '127.0.0.1',
      GRPC_PORT: `${props.port}`,
      DEBUG_HOST: '127.0.0.1',
      DEBUG_PORT: `${props.debugPort}`,
      REDIS_SOCKET_TYPE: 'tcp',
      REDIS_URL: `127.0.0.1:${props.redis.port}`,
      USE_STATSD: 'false',
      DISABLE_STATS: 'true',
      // As Envoy Gateway starts it (v1.9.1 internal/infrastructure/kubernetes/ratelimit/resource.go).
      RUNTIME_ROOT: folder,
      RUNTIME_WATCH_ROOT: 'false',
      FORCE_START_WITHOUT_INITIAL_CONFIG: 'true',
      CONFIG_TYPE: 'GRPC_XDS_SOTW',
      CONFIG_GRPC_XDS_NODE_ID: 'envoy-ratelimit',
      CONFIG_GRPC_XDS_SERVER_URL: `localhost:${XDS_PORT}`,
      CONFIG_GRPC_XDS_SERVER_USE_TLS: 'true',
      CONFIG_GRPC_XDS_CLIENT_TLS_CERT: file('tls.crt'),
      CONFIG_GRPC_XDS_CLIENT_TLS_KEY: file('tls.key'),
      CONFIG_GRPC_XDS_SERVER_TLS_CACERT: file('ca.crt'),
      CONFIG_GRPC_XDS_SERVER_TLS_SAN: 'envoy-gateway',
      // It asks again sooner than after 10 s.
      XDS_CLIENT_BACKOFF_INITIAL_INTERVAL: '1s',
    },
  });
  stopAtEnd(service);
  return {
    rules: async () => {
      const answer = await fetch(`http://127.0.0.1:${props.debugPort}/rlconfig`).catch(() => null);
      return answer?.ok ? answer.text() : '';
    },
    lastWords: () => readFileSync(log, 'utf8').slice(-3000),
  };
}

function stopAtEnd(program: ChildProcess): void {
  const ended = once(program, 'exit');
  atEnd(async () => {
    if (program.exitCode === null && program.signalCode === null) program.kill('SIGTERM');
    await ended;
  });
}
