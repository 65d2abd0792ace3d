import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface Call {
  readonly alias: string;
  /** @default '/v1/models' */
  readonly path?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** With one, the request is a POST. */
  readonly body?: Buffer;
}

/** A client of the gateway: hosts of the domain lead to this machine, as the site's DNS would. */
export class Client {
  private readonly agent: Agent;

  constructor(
    private readonly props: { readonly port: number; readonly domain: string; readonly ca: string },
    parallel = 32,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: parallel, ca: props.ca });
  }

  /** @throws Error where no whole answer comes */
  call({ alias, path = '/v1/models', key, headers, body }: Call): Promise<Answer> {
    const { port, domain } = this.props;
    const host = `${alias}.${domain}`;
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host,
          servername: host,
          port,
          path,
          method: body ? 'POST' : 'GET',
          agent: this.agent,
          headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...headers },
          lookup: (_name, options, found) =>
            options.all
              ? found(null, [{ address: '127.0.0.1', family: 4 }])
              : found(null, '127.0.0.1', 4),
        },
        (response) => {
          response.on('aborted', () => reject(new Error('the answer was cut')));
          text(response).then(
            (answer) => resolve({ status: response.statusCode ?? 0, body: answer }),
            reject,
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Many requests, and how often each answer came. */
  async count(call: Call, times: number): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    const answers = await Promise.all(Array.from({ length: times }, () => this.call(call)));
    for (const { status, body } of answers) {
      const answer = status === 200 ? body : `${status}`;
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
    }
    return counts;
  }

  close(): void {
    this.agent.destroy();
  }
}
