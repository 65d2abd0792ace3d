import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { COMPLETION_MARKER } from '../../../constructs';
import { DOWNLOAD_SCRIPT } from '../../../constructs/model-serving/weights/download-script';
import { temporaryFolder } from '../../helpers/temporary-folder';

const REPOSITORY = 'Qwen/Qwen3-8B';

// Each test runs a shell with curl, more than once: slow on a busy machine.
jest.setTimeout(60_000);

/** Three files, one in a folder; the first is large enough to be interrupted in between. */
const FILES: Readonly<Record<string, Buffer>> = {
  'model-00001.safetensors': Buffer.alloc(3_000_000, 'weights '),
  'config.json': Buffer.from('{"layers": 36}\n'),
  'onnx/model.bin': Buffer.from('small'),
};

function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}

function manifestOf(files: Readonly<Record<string, Buffer>>): string {
  return Object.entries(files)
    .map(([name, data]) => `${sha256(data)}  ${name}\n`)
    .join('');
}

interface Request {
  readonly path: string;
  readonly range?: string;
}

/** A mirror that can break off after so many bytes of a file, or tell lies. */
class Mirror {
  readonly requests: Request[] = [];
  files: Readonly<Record<string, Buffer>> = FILES;
  manifest = manifestOf(FILES);
  breakAfter?: number;
  /** How often it breaks off. */
  breaks = Infinity;
  ranges = true;
  private readonly server = createServer((request, response) => this.answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/models`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const path = url.replace(`/models/${REPOSITORY}/`, '');
    this.requests.push({ path, range: headers.range });
    const data = path === 'SHA256SUMS' ? Buffer.from(this.manifest) : this.files[path];
    if (data === undefined) return void response.writeHead(404).end();
    const from = this.ranges ? Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0) : 0;
    // As servers do: there is nothing from the end of a file on.
    if (from > 0 && from >= data.length) return void response.writeHead(416).end();
    const rest = data.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': rest.length,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${data.length - 1}/${data.length}` } : {}),
    });
    const cut = this.breakAfter !== undefined && rest.length > this.breakAfter && this.breaks > 0;
    if (!cut) return void response.end(rest);
    this.breaks -= 1;
    response.write(rest.subarray(0, this.breakAfter), () => response.destroy());
  }
}

let mirror: Mirror;
let url: string;
let target: string;

beforeEach(async () => {
  mirror = new Mirror();
  url = await mirror.start();
  target = temporaryFolder();
});
afterEach(() => mirror.stop());

/** Runs the script as the container does, with a shell of this machine. */
async function download(retries = 0): Promise<{ code: number | null; stderr: string }> {
  const child = spawn('/bin/sh', ['-c', DOWNLOAD_SCRIPT], {
    env: {
      PATH: process.env.PATH,
      URL_PREFIX: url,
      REPOSITORIES: REPOSITORY,
      MANIFEST: 'SHA256SUMS',
      TARGET: target,
      RETRIES: `${retries}`,
      RETRY_SECONDS: '0',
    },
  });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, stderr };
}

function at(name: string): string {
  return join(target, REPOSITORY, name);
}

function bytesOf(name: string): Buffer | undefined {
  return existsSync(at(name)) ? readFileSync(at(name)) : undefined;
}

test('fetches everything; the marker names the manifest; nothing half is left', async () => {
  expect(await download()).toEqual({ code: 0, stderr: '' });
  for (const [name, data] of Object.entries(FILES)) expect(bytesOf(name)?.equals(data)).toBe(true);
  expect(bytesOf(COMPLETION_MARKER)?.toString().trim()).toBe(sha256(mirror.manifest));
  expect(readdirSync(join(target, REPOSITORY)).filter((name) => name.includes('partial'))).toEqual(
    [],
  );
});

test('what was interrupted is continued, and is complete only then', async () => {
  mirror.breakAfter = 1_000_000;
  const broken = await download();
  expect(broken.code).not.toBe(0);
  expect(broken.stderr).toMatch(/model-00001.safetensors: not fetched \(curl exit code 18\)/);
  expect(bytesOf(COMPLETION_MARKER)).toBeUndefined();
  expect(bytesOf('model-00001.safetensors')).toBeUndefined();
  const partial = bytesOf('model-00001.safetensors.partial')?.length ?? 0;
  expect(partial).toBeGreaterThan(0);

  mirror.breakAfter = undefined;
  mirror.requests.length = 0;
  expect((await download()).code).toBe(0);
  const asked = mirror.requests.find(({ path }) => path === 'model-00001.safetensors');
  expect(asked?.range).toBe(`bytes=${partial}-`);
  expect(
    bytesOf('model-00001.safetensors')?.equals(FILES['model-00001.safetensors'] as Buffer),
  ).toBe(true);
  expect(bytesOf(COMPLETION_MARKER)).toBeDefined();
});

test('a retry within one run goes on, too, where the last attempt ended', async () => {
  mirror.breakAfter = 1_000_000;
  mirror.breaks = 2;
  expect((await download(2)).code).toBe(0);
  const starts = mirror.requests
    .filter(({ path }) => path === 'model-00001.safetensors')
    .map(({ range }) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0));
  expect(starts).toHaveLength(3);
  expect(starts[0]).toBe(0);
  expect(starts[1]).toBeGreaterThan(0);
  expect(starts[2]).toBeGreaterThan(starts[1] as number);
  expect(
    bytesOf('model-00001.safetensors')?.equals(FILES['model-00001.safetensors'] as Buffer),
  ).toBe(true);
});

test.each([
  ['as long as', 3_000_000],
  ['longer than', 3_000_001],
])('a damaged part that is %s the file does not stop the download for ever', async (_, size) => {
  mkdirSync(join(target, REPOSITORY), { recursive: true });
  writeFileSync(at('model-00001.safetensors.partial'), Buffer.alloc(size));
  expect((await download(1)).code).toBe(0);
  expect(
    bytesOf('model-00001.safetensors')?.equals(FILES['model-00001.safetensors'] as Buffer),
  ).toBe(true);
});

test('a corrupt file is refused and fetched anew', async () => {
  mirror.files = { ...FILES, 'config.json': Buffer.from('{"layers": 99}\n') };
  const corrupt = await download();
  expect(corrupt.code).not.toBe(0);
  expect(corrupt.stderr).toMatch(/config.json: the checksum differs/);
  expect(bytesOf('config.json')).toBeUndefined();
  expect(bytesOf('config.json.partial')).toBeUndefined();
  expect(bytesOf(COMPLETION_MARKER)).toBeUndefined();

  mirror.files = FILES;
  mirror.requests.length = 0;
  expect((await download()).code).toBe(0);
  // The large one was whole and is not fetched again.
  expect(mirror.requests.map(({ path }) => path)).toEqual([
    'SHA256SUMS',
    'config.json',
    'onnx/model.bin',
  ]);
});

test('a file that has changed on the disk before the marker is found out', async () => {
  mirror.files = { 'model-00001.safetensors': FILES['model-00001.safetensors'] as Buffer };
  expect((await download()).code).not.toBe(0);
  writeFileSync(at('model-00001.safetensors'), 'damaged');
  mirror.files = FILES;
  expect((await download()).code).toBe(0);
  expect(
    bytesOf('model-00001.safetensors')?.equals(FILES['model-00001.safetensors'] as Buffer),
  ).toBe(true);
});

test('what is complete is neither fetched again nor replaced below its servings', async () => {
  await download();
  mirror.requests.length = 0;
  expect((await download()).code).toBe(0);
  expect(mirror.requests.map(({ path }) => path)).toEqual(['SHA256SUMS']);

  mirror.manifest = manifestOf({ ...FILES, 'config.json': Buffer.from('new') });
  const changed = await download();
  expect(changed.code).not.toBe(0);
  expect(changed.stderr).toMatch(/complete already, with another manifest; use another volume/);
  expect(bytesOf('config.json')?.equals(FILES['config.json'] as Buffer)).toBe(true);
});

test('a mirror without ranges is fetched from the start', async () => {
  mkdirSync(join(target, REPOSITORY), { recursive: true });
  writeFileSync(at('config.json.partial'), '{"lay');
  mirror.ranges = false;
  expect((await download()).code).not.toBe(0);
  expect((await download()).code).toBe(0);
  expect(bytesOf('config.json')?.equals(FILES['config.json'] as Buffer)).toBe(true);
});

test.each([
  ['no manifest', '', /the manifest is empty/],
  ['a page in its place', '<html>not found</html>\n', /not a SHA-256 checksum, got: '<html>not'/],
  ['a path out of the directory', `${'a'.repeat(64)}  ../../etc/passwd\n`, /no plain path/],
  ['a marker of another copy', `${sha256('x')}  .complete\n`, /that this download writes itself/],
  ['one in a folder', `${sha256('x')}  ./.complete\n`, /that this download writes itself/],
  ['an absolute path', `${'a'.repeat(64)}  /etc/passwd\n`, /no plain path/],
])('%s is refused, and nothing is complete', async (_, manifest, message) => {
  mirror.manifest = manifest;
  const { code, stderr } = await download();
  expect(code).not.toBe(0);
  expect(stderr).toMatch(message);
  expect(bytesOf(COMPLETION_MARKER)).toBeUndefined();
});

test('a manifest without an end of line has all of its files', async () => {
  mirror.manifest = mirror.manifest.trimEnd();
  expect((await download()).code).toBe(0);
  expect(bytesOf('onnx/model.bin')?.toString()).toBe('small');
});
