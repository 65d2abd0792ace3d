import assert from 'node:assert/strict';
import { waitFor } from '../../cli/live/wait-for';
import { tenantFacts } from '../../cli/tenant/facts';
import type { Kubectl } from '../helpers/kubectl';
import type { Pod } from './pods';

/**
 * The first job of the page that a tenant is sent: the Job is admitted and its pod placed on an NPU
 * node; the Volcano Job is admitted, which nothing but Volcano could run.
 */
export async function checkFirstJob(
  kubectl: Kubectl,
  output: string,
  tenant: string,
  log: (line: string) => void,
): Promise<void> {
  const [job, volcanoJob] = tenantFacts(output, tenant).clusters[0]?.jobs ?? [];
  assert(job && volcanoJob);
  const checked = await kubectl.run(
    ['create', '--dry-run=server', '-f', '-'],
    JSON.stringify(volcanoJob),
  );
  assert.equal(checked.code, 0, `the Volcano Job of the page is refused: ${checked.stderr}`);
  await kubectl.must(['create', '-f', '-'], JSON.stringify(job));
  try {
    const selector = [
      '--namespace',
      tenant,
      '--selector',
      'batch.kubernetes.io/job-name=first-job',
    ];
    const [pod] = await waitFor(
      'the pod of the first job is placed',
      60,
      () => kubectl.items<Pod>(['pods', ...selector]),
      (pods) => pods[0]?.spec.nodeName !== undefined,
    );
    log(
      `${tenant}: the Job of its page runs on ${pod?.spec.nodeName}, the Volcano Job is admitted`,
    );
  } finally {
    await kubectl.must(['delete', 'job', 'first-job', '--namespace', tenant, '--wait=true']);
  }
}
