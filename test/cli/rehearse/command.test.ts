import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../cli/errors';
import { rehearseCommand } from '../../../cli/rehearse/command';
import { synthesizeCentre } from '../../../stacks/build';
import { tianjin } from '../../../stacks/tianjin';
import { temporaryFolder } from '../../helpers/temporary-folder';

let folder: string;
let kubeconfig: string;

beforeAll(() => {
  folder = temporaryFolder();
  synthesizeCentre(
    tianjin,
    { kubeconfig: 'k', contexts: {}, environment: 'phase-100p' },
    join(folder, 'out'),
  );
  kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      // Nothing listens on port 1.
      clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
      users: [{ name: 'u', user: {} }],
      contexts: [{ name: 'here', context: { cluster: 'c', user: 'u' } }],
    }),
  );
  writeFileSync(join(folder, 'broken'), '{');
});

const rehearse = (args: string[]) =>
  rehearseCommand().parseAsync(['--output', join(folder, 'out'), ...args], { from: 'user' });

test.each([
  [
    'an unknown phase',
    () => ['phase-9p'],
    /^no such phase; use one of phase-100p, got: 'phase-9p'$/,
  ],
  [
    'a kubeconfig that is not there',
    () => ['--kubeconfig', join(folder, 'none'), '--context', 'here'],
    /^kubeconfig does not exist; name another file, got: '.*none'$/,
  ],
  [
    'a kubeconfig that is none',
    () => ['--kubeconfig', join(folder, 'broken'), '--context', 'here'],
    /^kubeconfig '.*broken' cannot be read; correct it, got: .+$/,
  ],
  [
    'a context that the file does not have',
    () => ['--kubeconfig', kubeconfig, '--context', 'there'],
    /^kubeconfig '.*' has no such context; use one of here, got: 'there'$/,
  ],
  [
    'a kubeconfig without a context',
    () => ['--kubeconfig', kubeconfig],
    /^name both --kubeconfig and --context, got: '.*kubeconfig' and ''$/,
  ],
  [
    'an API server that does not answer',
    () => ['--kubeconfig', kubeconfig, '--context', 'here'],
    /^the API server of context 'here' does not answer; check https:\/\/127.0.0.1:1, got: .*ECONNREFUSED.*$/,
  ],
])('%s is one line', async (_, args, message) => {
  const failure = await rehearse(args()).catch((error) => error);
  expect(failure).toBeInstanceOf(UserError);
  expect(failure.message).toMatch(message);
});

test('a mistake ends with exit code 1, a line on standard error and nothing else', () => {
  const aicc = join(__dirname, '../../../bin/aicc.js');
  const args = [aicc, 'rehearse', '--output', join(folder, 'out'), 'phase-9p'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: '',
    stderr: "error: no such phase; use one of phase-100p, got: 'phase-9p'\n",
  });
});
