import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { atEnd } from '../../cli/process/clean-up';

/** How a server in the place of a model behaves. */
export type Behaviour = 'answers' | 'fails' | 'hangs';

/** What a server has seen of a request. */
export interface Seen {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: number;
}

/**
 * A small HTTP server in the place of a model: it answers with its own name, so that a client can tell
 * which side it was, and counts what it was asked.
 */
export class ModelServer {
  readonly seen: Seen[] = [];

  private constructor(
    readonly name: string,
    readonly port: number,
    private readonly server: Server,
    private readonly behaviour: Behaviour,
  ) {}

  static async start(name: string, behaviour: Behaviour = 'answers'): Promise<ModelServer> {
    const server = createServer();
    server.on('request', (request, response) => model.handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const model = new ModelServer(name, port, server, behaviour);
    atEnd(() => model.stop());
    return model;
  }

  /** Its port refuses connections from now on. */
  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let bytes = 0;
    for await (const chunk of request) bytes += chunk.length;
    this.seen.push({ path: request.url ?? '', headers: request.headers, bytes });
    if (this.behaviour === 'hangs') return;
    if (this.behaviour === 'fails') response.statusCode = 500;
    const url = new URL(request.url ?? '', 'http://model');
    const events = Number(url.searchParams.get('events') ?? 0);
    if (events > 0) return this.stream(response, events, Number(url.searchParams.get('pause')));
    response.end(this.name);
  }

  /** Server-sent events as vLLM streams them, with a pause before each but the first. */
  private async stream(response: ServerResponse, events: number, seconds: number): Promise<void> {
    response.setHeader('content-type', 'text/event-stream');
    for (let index = 0; index < events; index++) {
      if (index > 0) await pause(seconds * 1000);
      response.write(`data: ${this.name} ${index}\n\n`);
    }
    response.end('data: [DONE]\n\n');
  }
}
