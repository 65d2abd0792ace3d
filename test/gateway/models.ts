import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { atEnd } from '../../cli/process/clean-up';

/** How a server in the place of a model behaves. */
export type Behaviour = 'answers' | 'fails' | 'hangs';

/** Header in which a server tells the tokens of an answer, for the part of a gateway that counts them. */
export const TOKENS_HEADER = 'x-tokens';

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
  private gathered: (() => void)[] = [];

  private constructor(
    readonly name: string,
    readonly port: number,
    private readonly server: Server,
    private readonly behaviour: Behaviour,
  ) {}

  /** @param keepAliveMs time after which it closes a connection on which nothing was asked */
  static async start(
    name: string,
    behaviour: Behaviour = 'answers',
    keepAliveMs?: number,
  ): Promise<ModelServer> {
    const server = createServer();
    if (keepAliveMs !== undefined) closeIdle(server, keepAliveMs);
    server.on('request', (request, response) => model.handle(request, response));
    await new Promise<void>((resolve) =>
      server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve),
    );
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
    const { searchParams } = new URL(request.url ?? '', 'http://model');
    const asked = (name: string) => Number(searchParams.get(name) ?? 0);
    if (asked('tokens') > 0) response.setHeader(TOKENS_HEADER, asked('tokens'));
    if (asked('gather') > 0) return this.gather(response, asked('gather'));
    if (asked('events') > 0) return this.stream(response, asked('events'), asked('pause'));
    await pause(asked('takes'));
    response.end(this.name);
  }

  /** A stream that begins at once and ends when as many as `size` have begun. */
  private async gather(response: ServerResponse, size: number): Promise<void> {
    response.setHeader('content-type', 'text/event-stream');
    response.write(`data: ${this.name}\n\n`);
    await new Promise<void>((resolve) => {
      this.gathered.push(resolve);
      if (this.gathered.length < size) return;
      for (const end of this.gathered) end();
      this.gathered = [];
    });
    response.end('data: [DONE]\n\n');
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

/** Closes connections as uvicorn does. Node's own time is a second longer than it is told. */
function closeIdle(server: Server, keepAliveMs: number): void {
  server.keepAliveTimeout = 0;
  const timers = new WeakMap<Socket, NodeJS.Timeout>();
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    clearTimeout(timers.get(socket));
    response.on('finish', () => {
      timers.set(
        socket,
        setTimeout(() => socket.destroy(), keepAliveMs),
      );
    });
  });
}
