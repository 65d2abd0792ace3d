import type { Check, Subject } from '../../cli/checks/check';
import { runChecks } from '../../cli/checks/run-checks';
import { checkJson, checkText } from '../../cli/checks/text';
import { ApiError } from '../../cli/live/cluster';
import type { Finding } from '../../core/rules';

const SUBJECT = {
  phase: { id: 'phase-100p' },
  cluster: { target: { context: 'tj-1' } },
} as unknown as Subject;

function check(id: string, title: string, found: () => readonly Finding[]): Check<Subject> {
  const rule = {
    id,
    level: 'error',
    title,
    why: 'It is tried here.',
    remedy: 'correct it',
  } as const;
  return { ...rule, check: async () => found() };
}

const finding = { path: 'node n-1', statement: 'is not ready', remedy: 'correct it' };
const nothing = check('AICC-PRE-901', 'nothing is wrong', () => []);
const warning = check('AICC-PRE-902', 'nodes are uncordoned', () => [
  { ...finding, level: 'warning', statement: 'is cordoned' },
]);
const error = check('AICC-PRE-903', 'nodes are ready', () => [finding]);
const closed = check('AICC-PRE-904', 'nodes can be listed', () => {
  throw new ApiError(403, 'Forbidden', 'nodes is forbidden');
});

test('a warning alone passes, an error does not', async () => {
  const passed = await runChecks([nothing, warning], SUBJECT);
  expect([passed.result, ...passed.checks.map(({ result }) => result)]).toEqual([
    'passed',
    'passed',
    'passed',
  ]);
  const failed = await runChecks([nothing, warning, error], SUBJECT);
  expect([failed.result, ...failed.checks.map(({ result }) => result)]).toEqual([
    'failed',
    'passed',
    'passed',
    'failed',
  ]);
  expect(checkText(failed)).toMatch(/2 of 3 checks passed, 1 errors, 1 warnings$/);
});

test('the JSON keeps its fields, in the order of the checks', async () => {
  const json = checkJson(await runChecks([warning, error], SUBJECT));
  expect(JSON.parse(json)).toEqual({
    result: 'failed',
    phase: 'phase-100p',
    context: 'tj-1',
    checks: [
      { id: 'AICC-PRE-902', title: 'nodes are uncordoned', result: 'passed' },
      { id: 'AICC-PRE-903', title: 'nodes are ready', result: 'failed' },
    ],
    findings: [
      {
        id: 'AICC-PRE-902',
        level: 'warning',
        subject: 'node n-1',
        found: 'is cordoned',
        remedy: 'correct it',
      },
      {
        id: 'AICC-PRE-903',
        level: 'error',
        subject: 'node n-1',
        found: 'is not ready',
        remedy: 'correct it',
      },
    ],
  });
});

test('where the API server lets nobody look, that is found', async () => {
  const { result, findings } = await runChecks([closed], SUBJECT);
  expect(result).toBe('failed');
  expect(findings).toEqual([
    expect.objectContaining({
      id: 'AICC-PRE-904',
      level: 'error',
      path: 'nodes can be listed',
      statement: 'cannot be told: nodes is forbidden',
    }),
  ]);
  const broken = check('AICC-PRE-905', 'fails', () => {
    throw new Error('a mistake of our own');
  });
  await expect(runChecks([broken], SUBJECT)).rejects.toThrow('a mistake of our own');
});
