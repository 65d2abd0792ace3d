import { join } from 'node:path';
import type { Command } from 'commander';
import { UserError } from '../../../cli/errors';
import { importCommand } from '../../../cli/import/command';
import { preflightCommand } from '../../../cli/preflight/command';
import { verifyCommand } from '../../../cli/verify/command';
import { synthesizeCentre } from '../../../stacks/build';
import { tianjin } from '../../../stacks/tianjin';
import { type FakeApiServer, fakeApiServer } from '../../helpers/fake-api-server';
import { temporaryFolder } from '../../helpers/temporary-folder';

const output = join(temporaryFolder(), 'out');

// Each builds the objects of a phase, on machines that have other work.
jest.setTimeout(60_000);

beforeAll(() => {
  const settings = { kubeconfig: 'none', contexts: {}, environment: 'phase-100p' };
  synthesizeCentre(tianjin, settings, output);
});

const COMMANDS: readonly (readonly [name: string, command: () => Command])[] = [
  ['preflight', preflightCommand],
  ['verify', verifyCommand],
  ['import', importCommand],
];

describe.each(COMMANDS)('aicc %s', (_, command) => {
  const failureOf = async (args: readonly string[]): Promise<UserError> => {
    const written = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      const failure = await command()
        .parseAsync(['--output', output, ...args], { from: 'user' })
        .then(
          () => undefined,
          (error) => error,
        );
      expect(failure).toBeInstanceOf(UserError);
      // Nothing that could be taken for a report.
      expect(written).not.toHaveBeenCalled();
      return failure;
    } finally {
      written.mockRestore();
    }
  };

  test.each([
    ['a phase', ['phase-9p'], /^no such phase; use one of phase-100p, got: 'phase-9p'$/],
    ['the kubeconfig', ['phase-100p'], /^kubeconfig does not exist; .*, got: 'none'$/],
    [
      'the output',
      ['phase-100p', '--output', 'nowhere'],
      /^cannot read nowhere\/capacity\.json; .*npm start/,
    ],
  ])('fails in one line without %s', async (_what, args, message) => {
    expect((await failureOf(args)).message).toMatch(message);
  });

  test('fails in one line for a context that is not there, and for one that cannot be used', async () => {
    const { kubeconfig, stop } = await fakeApiServer(() => undefined);
    await stop();
    const at = ['phase-100p', '--kubeconfig', kubeconfig, '--context'];
    expect((await failureOf([...at, 'there'])).message).toMatch(
      /^kubeconfig '.*' has no such context; use one of here, got: 'there'$/,
    );
    expect((await failureOf([...at, 'here'])).message).toMatch(
      /^the API server of context 'here' does not answer; check http:\/\/127\.0\.0\.1:\d+, got: .*ECONNREFUSED/,
    );
  });

  test('fails in one line when the API server goes away half-way', async () => {
    const server: { current?: FakeApiServer } = {};
    server.current = await fakeApiServer(() => {
      if ((server.current?.requests.length ?? 0) > 3) server.current?.stop();
      return { body: { resources: [], items: [], groups: [] } };
    });
    const at = ['--kubeconfig', server.current.kubeconfig, '--context', 'here'];
    const { problems } = await failureOf(['phase-100p', ...at]);
    expect(problems).toEqual([
      expect.stringMatching(/^the API server of context 'here' does not answer; check .*, got: \S/),
    ]);
  });
});
