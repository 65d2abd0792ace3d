import type { DeclaredPhase } from '../../../cli/declared/phase';
import { findingsOf } from '../../../cli/findings';
import { LiveCluster } from '../../../cli/live/cluster';
import { rights } from '../../../cli/preflight/checks/rights';
import { preflightSubject } from '../../../cli/preflight/subject';
import { fakeApiServer } from '../../helpers/fake-api-server';

const QUEUE = {
  apiVersion: 'scheduling.volcano.sh/v1beta1',
  kind: 'Queue',
  metadata: { name: 'q' },
};
const RESOURCES: Readonly<Record<string, { readonly name: string; readonly kind: string }>> = {
  '/apis/scheduling.volcano.sh/v1beta1': { name: 'queues', kind: 'Queue' },
  '/apis/apiextensions.k8s.io/v1': {
    name: 'customresourcedefinitions',
    kind: 'CustomResourceDefinition',
  },
};

/** What the check finds for a caller who may do everything but one thing with one resource. */
async function findings(address: string, denied: { resource: string; verb: string }) {
  const { kubeconfig, stop } = await fakeApiServer((path, sent) => {
    const resource = RESOURCES[path];
    if (resource) return { body: { resources: [{ ...resource, namespaced: false, verbs: [] }] } };
    const { resourceAttributes } = JSON.parse(sent).spec;
    const same =
      resourceAttributes.resource === denied.resource && resourceAttributes.verb === denied.verb;
    return { body: { status: { allowed: !same } } };
  });
  const cluster = LiveCluster.open({ kubeconfig, context: 'here' });
  const phase = { objects: [{ stack: 's', address, object: QUEUE }] } as unknown as DeclaredPhase;
  const found = findingsOf(rights, await rights.check(preflightSubject(phase, cluster)));
  cluster.close();
  await stop();
  return found.map(({ path, statement }) => `${path}: ${statement}`);
}

const CRDS = { resource: 'customresourcedefinitions', verb: 'list' };

test.each([
  [
    'kubernetes_manifest.q',
    { resource: 'queues', verb: 'delete' },
    ['queues of scheduling.volcano.sh: the caller may not delete in the cluster'],
  ],
  [
    'kubernetes_manifest.q',
    CRDS,
    ['customresourcedefinitions of apiextensions.k8s.io: the caller may not list in the cluster'],
  ],
  ['kubernetes_queue_v1.q', CRDS, []],
])('rights that a caller has not: %s without %o', async (address, denied, found) => {
  expect(await findings(address, denied)).toEqual(found);
});
