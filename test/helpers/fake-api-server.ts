import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder';

export interface FakeApiServer {
  readonly kubeconfig: string;
  /** `GET /api/v1/namespaces/x`, in the order of arrival. */
  readonly requests: string[];
  stop(): Promise<void>;
}

/**
 * Something that answers as an API server would, for commands that only read: context `here` of its kubeconfig.
 * @param answer status and body for a path and what was sent; nothing stands for 404
 */
export async function fakeApiServer(
  answer: (
    path: string,
    sent: string,
  ) => { readonly status?: number; readonly body: unknown } | undefined,
): Promise<FakeApiServer> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    requests.push(`${request.method} ${path}`);
    let sent = '';
    for await (const part of request) sent += part;
    const { status = 200, body } = answer(path, sent) ?? {
      status: 404,
      body: { reason: 'NotFound', message: `${path} not found` },
    };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const kubeconfig = join(temporaryFolder(), 'kubeconfig');
  const insecure = { 'insecure-skip-tls-verify': true };
  const file = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server: `http://127.0.0.1:${port}`, ...insecure } }],
    users: [{ name: 'u', user: {} }],
    contexts: [{ name: 'here', context: { cluster: 'c', user: 'u' } }],
  };
  writeFileSync(kubeconfig, JSON.stringify(file));
  return {
    kubeconfig,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
