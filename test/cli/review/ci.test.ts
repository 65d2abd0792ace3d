import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'yaml';
import { MARKER } from '../../../cli/review/report/markdown';
import { temporaryFolder } from '../../helpers/temporary-folder';

const ROOT = join(__dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly if?: string;
  readonly steps: readonly Step[];
}

const github: {
  on: Record<string, unknown>;
  permissions: object;
  jobs: Record<'review' | 'plan' | 'comment' | 'gate', Job>;
} = parse(read('.github/workflows/review.yml'));
const jobs = Object.entries(github.jobs);

describe('the workflow of GitHub', () => {
  test('pins every action to a commit, and says which version that is', () => {
    const uses = read('.github/workflows/review.yml').match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(8);
    for (const line of uses)
      expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('runs what a fork sends without secrets and without a right to write', () => {
    expect(Object.keys(github.on)).toEqual(['pull_request']);
    expect(github.permissions).toEqual({});
    for (const [name, job] of jobs) {
      const text = JSON.stringify(job);
      if (name !== 'plan') expect(text).not.toMatch(/secrets\./);
      if (name !== 'comment') expect(Object.values(job.permissions ?? {})).not.toContain('write');
      if (/secrets\.|"write"/.test(text)) {
        expect(job.if).toMatch(/pull_request\.head\.repo\.full_name == github\.repository/);
      }
    }
  });

  test('what may write runs nothing of the pull request', () => {
    const { permissions, steps } = github.jobs.comment;
    expect(permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
    expect(steps[0]?.with?.ref).toBe('${{ github.event.pull_request.base.sha }}');
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual([
      'node .ci/comment.mjs review/review.md',
    ]);
  });

  test('leaves no token in a checkout', () => {
    const checkouts = jobs
      .flatMap(([, { steps }]) => steps)
      .filter(({ uses }) => uses?.includes('/checkout@'));
    expect(checkouts).toHaveLength(3);
    for (const step of checkouts) expect(step.with?.['persist-credentials']).toBe(false);
  });

  test('uploads no plan, which may hold secrets', () => {
    for (const { uses, with: given } of github.jobs.plan.steps) {
      if (uses?.includes('/upload-artifact@')) expect(given?.path).toBe('review/');
    }
  });
});

/** Code, whether the label is set, and what the gate does. */
const GATES: readonly [codes: string, destroys: boolean, exit: number][] = [
  ['0 0', false, 0],
  ['2 0', false, 0],
  ['3 0', false, 3],
  ['3 3', true, 0],
  ['2 3', false, 3],
  ['4 0', true, 4],
  ['1 0', true, 1],
  ['0 4', true, 4],
];

test.each(GATES)(
  'the gate of GitHub for codes %s, label destroys %s: exit %i',
  (codes, destroys, exit) => {
    const env = { CODES: codes, DESTROYS: `${destroys}` };
    const script = github.jobs.gate.steps[0]?.run ?? '';
    expect(
      spawnSync('bash', ['-e', '-c', script], { env: { ...process.env, ...env } }).status,
    ).toBe(exit);
  },
);

const gitlab: Record<string, { script: string[]; rules?: { if: string }[] }> = parse(
  read('.gitlab-ci.yml'),
);

test.each(GATES)(
  'the gate of GitLab for codes %s, label destroys %s: exit %i',
  (codes, destroys, exit) => {
    const cwd = temporaryFolder();
    const [review = '', plan = ''] = codes.split(' ');
    for (const [folder, code] of [
      ['review', review],
      ['review-with-plan', plan],
    ] as const) {
      mkdirSync(join(cwd, folder));
      writeFileSync(join(cwd, folder, 'code'), `${code}\n`);
    }
    const env = { CI_MERGE_REQUEST_LABELS: destroys ? 'urgent,destroys' : 'urgent' };
    const script = gitlab.gate?.script.join('\n') ?? '';
    const { status } = spawnSync('bash', ['-e', '-c', script], {
      cwd,
      env: { ...process.env, ...env },
    });
    expect(status).toBe(exit);
  },
);

test('the gate of GitLab is closed where there is no code', () => {
  const script = gitlab.gate?.script.join('\n') ?? '';
  const cwd = temporaryFolder();
  const gate = () => spawnSync('bash', ['-e', '-c', script], { cwd }).status;
  expect(gate()).toBe(1);
  mkdirSync(join(cwd, 'review'));
  writeFileSync(join(cwd, 'review/code'), '\n');
  expect(gate()).toBe(1);
  writeFileSync(join(cwd, 'review/code'), '0\n');
  expect(gate()).toBe(0);
});

test('on GitLab, jobs with a secret run only where there is one', () => {
  for (const name of ['synth', 'plan', 'review-with-plan']) {
    expect(gitlab[name]?.rules).toEqual([{ if: '$AICC_KUBECONFIG' }]);
  }
  expect(gitlab.comment?.rules).toEqual([{ if: '$AICC_REVIEW_TOKEN' }]);
});

describe('.ci/review', () => {
  /** Runs it with an `npm` that writes a review and ends with a code. */
  function run(code: number) {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'npm'), `#!/bin/sh\necho "$@" > arguments\nexit ${code}\n`, {
      mode: 0o755,
    });
    const output = join(cwd, 'output');
    const { status } = spawnSync(join(ROOT, '.ci/review'), ['out', 'HEAD^1', 'HEAD'], {
      cwd,
      env: { ...process.env, PATH: `${cwd}:${process.env.PATH}`, GITHUB_OUTPUT: output },
    });
    const file = (name: string) => readFileSync(join(cwd, name), 'utf8');
    return { status, told: file('output'), code: file('out/code'), asked: file('arguments') };
  }

  test.each([0, 2, 3, 4])('hands on exit code %i and does not fail', (code) => {
    const { status, told, code: kept, asked } = run(code);
    expect([status, told, kept]).toEqual([0, `code=${code}\n`, `${code}\n`]);
    expect(asked).toBe(
      'run --silent aicc -- review HEAD^1 HEAD --markdown out/review.md --json out/review.json --html out/review.html\n',
    );
  });

  test('fails where there is no review', () => {
    expect(run(1)).toMatchObject({ status: 1, told: 'code=1\n' });
  });
});

describe('the comment', () => {
  let server: Server;
  let url: string;
  let comments: { id: number; body: string; user?: { login: string }; author?: { id: number } }[];
  let asked: string[];

  beforeEach(async () => {
    comments = [];
    asked = [];
    server = createServer(async (request, response) => {
      const body = await textOf(request);
      asked.push(`${request.method} ${request.url} ${tokenOf(request)}`);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer(request, body ? JSON.parse(body).body : '')));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((done) => server.close(done)));

  async function textOf(request: IncomingMessage): Promise<string> {
    let text = '';
    for await (const chunk of request) text += chunk;
    return text;
  }

  const tokenOf = ({ headers }: IncomingMessage) =>
    headers.authorization ?? headers['private-token'];

  function answer({ method, url: path = '' }: IncomingMessage, body: string): unknown {
    if (path === '/user') return { id: 7 };
    if (method === 'POST') {
      const own = {
        id: 1000 + comments.length,
        body,
        user: { login: 'github-actions[bot]' },
        author: { id: 7 },
      };
      comments.push(own);
      return own;
    }
    if (method === 'GET') {
      const page = Number(new URL(path, url).searchParams.get('page'));
      return comments.slice((page - 1) * 100, page * 100);
    }
    const found = comments.find(({ id }) => path.endsWith(`/${id}`));
    if (found) found.body = body;
    return found;
  }

  async function post(text: string, env: NodeJS.ProcessEnv): Promise<number | null> {
    const file = join(temporaryFolder(), 'review.md');
    writeFileSync(file, text);
    const { GITHUB_REPOSITORY: _, ...clean } = process.env;
    const child = spawn(process.execPath, [join(ROOT, '.ci/comment.mjs'), file], {
      env: { ...clean, ...env },
    });
    return new Promise((done) => child.on('close', done));
  }

  const SITES: readonly [site: string, env: () => NodeJS.ProcessEnv, token: string][] = [
    [
      'GitHub',
      () => ({
        GITHUB_API_URL: url,
        GITHUB_REPOSITORY: 'a/b',
        GITHUB_TOKEN: 't',
        PULL_REQUEST: '5',
      }),
      'Bearer t',
    ],
    [
      'GitLab',
      () => ({
        CI_API_V4_URL: url,
        CI_PROJECT_ID: '3',
        CI_MERGE_REQUEST_IID: '5',
        AICC_REVIEW_TOKEN: 't',
      }),
      't',
    ],
  ];

  test.each(SITES)(
    'on %s is written once and then updated, among many of others',
    async (_site, env, token) => {
      for (let id = 0; id < 150; id++) {
        // Somebody quotes the review: that is not ours to change.
        const body = id === 3 ? `> ${MARKER}` : 'a remark';
        comments.push({ id, body, user: { login: 'somebody' }, author: { id: 1 } });
      }
      expect(await post(`## one ${MARKER}`, env())).toBe(0);
      expect(await post(`## two ${MARKER}`, env())).toBe(0);
      expect(comments).toHaveLength(151);
      expect(comments.at(-1)?.body).toBe(`## two ${MARKER}`);
      expect(comments[3]?.body).toBe(`> ${MARKER}`);
      expect(asked.every((line) => line.endsWith(` ${token}`))).toBe(true);
    },
  );

  test('is nothing else than a review, and a refusal is a failure', async () => {
    expect(await post('no review', SITES[0]?.[1]() ?? {})).not.toBe(0);
    expect(comments).toEqual([]);
    await new Promise((done) => server.close(done));
    expect(await post(`## one ${MARKER}`, SITES[0]?.[1]() ?? {})).not.toBe(0);
  });
});
