import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atEnd } from '../../../cli/process/clean-up';

export interface ObjectStore {
  readonly endpoint: string;
  /** Keys of what is kept, `bucket/prefix/key`. */
  keys(): string[];
  stop(): Promise<void>;
}

/** As much of the S3 protocol as keeps states: objects, their list, and `If-None-Match: *` for locks. */
export async function startObjectStore(): Promise<ObjectStore> {
  const objects = new Map<string, Buffer>();
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    answer(objects, request, decodeURIComponent(pathname.slice(1)), body, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, keys: () => [...objects.keys()].sort(), stop };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function answer(
  objects: Map<string, Buffer>,
  { method, headers }: IncomingMessage,
  key: string,
  body: Buffer,
  response: ServerResponse,
): void {
  const end = (status: number, text: string | Buffer = '') => response.writeHead(status).end(text);
  const error = (status: number, code: string) =>
    end(status, method === 'HEAD' ? '' : `<Error><Code>${code}</Code></Error>`);
  const found = objects.get(key);
  if (!key.includes('/')) {
    end(200, '<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>');
  } else if (method === 'PUT') {
    if (found && headers['if-none-match'] === '*') error(412, 'PreconditionFailed');
    else {
      objects.set(key, body);
      end(200);
    }
  } else if (method === 'DELETE') {
    objects.delete(key);
    end(204);
  } else if (!found) error(404, 'NoSuchKey');
  else if (method === 'HEAD') end(200);
  else {
    // Whole, in the words of an answer to a range: clients ask on until they have the length that it names.
    const range = `bytes 0-${found.length - 1}/${found.length}`;
    response.writeHead(206, { 'content-range': range }).end(found);
  }
}
