import { findServer, SERVER_FORMS, type Server, serversFor, serverTflops } from '../../constructs';

function server(form: string, accelerator: string): Server {
  const found = findServer(form, accelerator);
  if (Array.isArray(found)) throw new Error(found.join());
  return found;
}

/** Every server that can be counted, by chip. */
const SERVERS = Object.values(SERVER_FORMS).flatMap(({ id, accelerators }) =>
  accelerators.flatMap((accelerator) => {
    const found = findServer(id, accelerator);
    return Array.isArray(found) ? [] : [[`${id} with ${accelerator}`, found] as const];
  }),
);

test.each([
  ['atlas-800t-a2', '910B3', 513.32, 205],
  ['atlas-800t-a2', '910B2', 261.696, 87],
  ['atlas-800i-a2', '910B4', 257.6, 115],
])('%s with %s: %d PF are %d servers', (form, accelerator, petaflops, servers) => {
  expect(serversFor(server(form, accelerator), petaflops)).toBe(servers);
});

test('all chips with a known peak are among the servers', () => {
  expect(new Set(SERVERS.map(([, { accelerator }]) => accelerator.id)).size).toBe(8);
});

describe.each(SERVERS)('%s', (_, found) => {
  const tflops = serverTflops(found);
  const counts = Array.from({ length: 5000 }, (_unused, index) => index + 1);

  test('what servers have is reached by just as many, written in decimals or computed', () => {
    // As a person writes it: an exact decimal, since TFLOPS of a server are whole.
    const written = counts.filter((n) => serversFor(found, Number(`${n * tflops}e-3`)) !== n);
    const computed = counts.filter((n) => serversFor(found, (n * tflops) / 1000) !== n);
    const product = counts.filter((n) => serversFor(found, n * (tflops / 1000)) !== n);
    expect({ written, computed, product }).toEqual({ written: [], computed: [], product: [] });
  });

  test('a gigaflops more needs one more', () => {
    expect(counts.filter((n) => serversFor(found, (n * tflops) / 1000 + 1e-6) !== n + 1)).toEqual(
      [],
    );
  });

  test('the least that can be asked for is one server', () => {
    expect(serversFor(found, 1e-12)).toBe(1);
  });
});
