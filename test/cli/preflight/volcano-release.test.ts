import { runChecks } from '../../../cli/checks/run-checks';
import { checkText } from '../../../cli/checks/text';
import type { DeclaredPhase } from '../../../cli/declared/phase';
import { LiveCluster } from '../../../cli/live/cluster';
import { volcanoRelease } from '../../../cli/preflight/checks/volcano-release';
import { preflightSubject } from '../../../cli/preflight/subject';
import { isTried, releaseOfImage } from '../../../cli/preflight/volcano-releases';
import { fakeApiServer } from '../../helpers/fake-api-server';

const PATH = '/apis/apps/v1/namespaces/volcano-system/deployments/';

/** Report and text of the check alone, on a cluster whose Deployments have these images. */
async function reportOn(images: Readonly<Record<string, string>>, status = 404) {
  const { kubeconfig, stop } = await fakeApiServer((path) => {
    if (path === '/apis/apps/v1') {
      return {
        body: {
          resources: [{ name: 'deployments', kind: 'Deployment', namespaced: true, verbs: [] }],
        },
      };
    }
    const name = path.replace(PATH, '');
    const image = images[name];
    if (image === undefined) return { status, body: { reason: 'x', message: 'no' } };
    const template = { spec: { containers: [{ image }] } };
    return { body: { metadata: { name }, spec: { template } } };
  });
  const cluster = LiveCluster.open({ kubeconfig, context: 'here' });
  const phase = { id: 'phase-1', objects: [] } as unknown as DeclaredPhase;
  const report = await runChecks([volcanoRelease], preflightSubject(phase, cluster));
  cluster.close();
  await stop();
  return report;
}

const all = (tag: string) => ({
  'volcano-scheduler': `site.example:5000/volcanosh/vc-scheduler${tag}`,
  'volcano-controllers': `site.example:5000/volcanosh/vc-controller-manager${tag}`,
  'volcano-admission': `site.example:5000/volcanosh/vc-webhook-manager${tag}`,
});

test.each([
  ['volcanosh/vc-scheduler:v1.15.1', '1.15.1'],
  ['site.example:5000/vc-scheduler:v1.12.0-v26.1.0-openeuler24.03', '1.12.0'],
  ['vc-scheduler:1.13.3@sha256:0123', '1.13.3'],
  ['docker.io/volcanosh/vc-scheduler:v1.16.0-alpha.1', '1.16.0-alpha.1'],
  ['vc-scheduler:v1.16.0-rc.0-site', '1.16.0-rc.0'],
  ['volcanosh/vc-scheduler:latest', undefined],
  ['volcanosh/vc-scheduler', undefined],
  ['site.example:5000/vc-scheduler', undefined],
  ['vc-scheduler@sha256:0123', undefined],
  // MindCluster's own releases are no releases of Volcano.
  ['vc-scheduler:v26.1.0', undefined],
  ['vc-scheduler:v1.12', undefined],
  ['vc-scheduler:v1.12.01a', undefined],
])('the release of %s is %s', (image, release) => {
  expect(releaseOfImage(image)).toBe(release);
});

test.each([
  ['1.12.0', true],
  ['1.12.3', true],
  ['1.12.5', false],
  ['1.12.0-alpha.2', false],
  ['1.13.3', true],
  ['1.14.1', true],
  ['1.14.10', false],
  ['1.15.1', true],
  ['1.16.0-alpha.1', true],
  ['1.16.0-beta.0', false],
  ['1.16.0-rc.1', false],
  ['1.16.0', false],
  ['1.9.0', false],
])('%s was tried: %s', (release, tried) => {
  expect(isTried(release)).toBe(tried);
});

test('the release is said where all is well, in the text and in the report', async () => {
  const report = await reportOn(all(':v1.14.4'));
  expect(report).toMatchObject({ result: 'passed', findings: [] });
  const seen =
    'Volcano, by the tags of its images: volcano-scheduler 1.14.4, volcano-controllers 1.14.4, volcano-admission 1.14.4';
  expect(report.checks).toEqual([expect.objectContaining({ id: 'AICC-PRE-029', seen })]);
  expect(checkText(report).split('\n')).toEqual([
    seen,
    'phase-1 on context here: passed; 1 of 1 checks passed, 0 errors, 0 warnings',
  ]);
});

test('without a webhook the others are said', async () => {
  const { 'volcano-admission': _, ...ascend } = all(':v1.12.0-v26.1.0-openeuler24.03');
  const report = await reportOn(ascend);
  expect(report.findings).toEqual([]);
  expect(report.checks[0]?.seen).toMatch(
    /: volcano-scheduler 1\.12\.0, volcano-controllers 1\.12\.0$/,
  );
});

test.each([
  ['an older release is refused', ':v1.9.0', 'error', /^Volcano 1\.9\.0, which was not tried/],
  ['a newer one is a warning', ':v1.16.0', 'warning', /^Volcano 1\.16\.0, which was not tried/],
  ['a newer patch, too', ':v1.15.2', 'warning', /^Volcano 1\.15\.2, which was not tried/],
  [
    'an unnamed one is not guessed',
    ':latest',
    'warning',
    /^its release cannot be told: image site/,
  ],
])('%s', async (_, tag, level, found) => {
  const report = await reportOn(all(tag));
  expect(report.findings.map((finding) => finding.path)).toEqual(
    Object.keys(all(tag)).map((name) => `Deployment volcano-system/${name}`),
  );
  for (const finding of report.findings) {
    expect(finding).toMatchObject({ id: 'AICC-PRE-029', level });
    expect(finding.statement).toMatch(found);
  }
});

test('parts of several releases are a warning of their own', async () => {
  const { 'volcano-admission': admission } = all(':v1.14.4');
  const report = await reportOn({ ...all(':v1.12.0'), 'volcano-admission': admission });
  expect(report.findings.map(({ level, statement }) => `${level}: ${statement}`)).toEqual([
    'warning: are of several releases: volcano-scheduler 1.12.0, volcano-controllers 1.12.0, volcano-admission 1.14.4',
  ]);
});

test('where nothing is installed nothing is said, and a refused look is one finding', async () => {
  const none = await reportOn({});
  expect(none.findings).toEqual([]);
  expect(none.checks[0]).not.toHaveProperty('seen');
  const refused = await reportOn({}, 403);
  expect(refused.findings).toEqual([
    expect.objectContaining({
      level: 'error',
      statement: expect.stringMatching(/^cannot be told: /),
    }),
  ]);
});
