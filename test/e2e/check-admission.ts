import assert from 'node:assert/strict';
import { waitFor } from '../../cli/live/wait-for';
import type { Result } from '../../cli/run-program';
import {
  ADMISSION_POLICIES,
  type AdmissionPolicy,
  LABEL_PREFIX,
  PROTECTED_LABEL,
  TENANT_LABEL,
} from '../../constructs';
import type { Kubectl } from '../helpers/kubectl';
import { admissionCases, EPHEMERAL_CASES, hostUses } from './admission-cases';
import {
  type AdmissionCase,
  ANNOTATIONS,
  env,
  ephemeral,
  lawlessObjects,
  NAMESPACES,
  namespace,
  pod,
  podGroup,
  QUEUE,
  QUEUE_NAME,
  type Sent,
  waitingPod,
} from './admission-objects';
import { checkTypes } from './admission-types';

type Log = (line: string) => void;

const POD_GROUP = 'podgroups.scheduling.volcano.sh';

export interface AdmissionCheck {
  /** `npuCounts` of the cluster's policies; the first resource name is used. */
  readonly npuCounts: Readonly<Record<string, readonly number[]>>;
  /** One of the policies' `hostAccessNamespaces`, which is not there yet. @default - not checked */
  readonly hostAccessNamespace?: string;
}

/**
 * Sends the API server what each admission policy refuses, and the same with the one mistake mended.
 * The policies and the priority classes of the cluster must have been applied. Nothing is left.
 */
export async function checkAdmission(
  kubectl: Kubectl,
  { npuCounts, hostAccessNamespace }: AdmissionCheck,
  log: Log,
): Promise<void> {
  const [first] = Object.entries(npuCounts);
  assert(first);
  await checkTypes(kubectl, log);
  const { bound, open, late } = NAMESPACES;
  const namespaces = [
    namespace(bound, true, ANNOTATIONS),
    namespace(open, true),
    namespace(late, false),
    ...(hostAccessNamespace ? [namespace(hostAccessNamespace, true)] : []),
  ];
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: namespaces });
  await kubectl.must(['create', '-f', '-'], list);
  try {
    await checkCases(kubectl, ...first, log);
    await checkQueueUpdate(kubectl, log);
    await checkDeviceUpdate(kubectl, first[0], log);
    await checkOldObjects(kubectl, first[0], log);
    await checkEphemeral(kubectl, log);
    await checkOutside(kubectl, hostAccessNamespace, first[0], log);
    await checkRoles(kubectl, log);
    await checkDeletion(kubectl, log);
  } finally {
    await kubectl.must(['delete', '--ignore-not-found', '-f', '-'], list);
  }
}

function create(kubectl: Kubectl, object: Sent): Promise<Result> {
  return kubectl.run(['create', '--dry-run=server', '-f', '-'], JSON.stringify(object));
}

/** A new policy, annotation or service account takes the API server a moment to see. */
async function refused(
  what: string,
  id: string,
  got: string,
  send: () => Promise<Result>,
): Promise<void> {
  const { stderr } = await waitFor(
    `${id} refuses ${what}`,
    20,
    send,
    ({ code, stderr }) => code !== 0 && stderr.includes(`${id}: `),
  );
  assert(stderr.trim().endsWith(`, got: ${got}`), `${what}: ${stderr}`);
}

async function admitted(what: string, send: () => Promise<Result>): Promise<void> {
  await waitFor(`${what} is admitted`, 20, send, ({ code }) => code === 0);
}

async function checkCases(
  kubectl: Kubectl,
  resourceName: string,
  counts: readonly number[],
  log: Log,
): Promise<void> {
  const cases = admissionCases(resourceName, counts);
  for (const { id, what, bad, got, good } of cases) {
    await refused(what, id, got, () => create(kubectl, bad));
    await admitted(`${id}: ${what}, mended,`, () => create(kubectl, good));
  }
  const ofCreation = ADMISSION_POLICIES.filter(({ rules }) =>
    rules.some(({ operations }) => operations?.includes('CREATE')),
  );
  for (const policy of ofCreation) {
    const { id, title } = policy;
    const own = cases.filter((entry) => entry.id === id);
    assert(own.length > 0, `no case for ${id}`);
    await checkOnlyReason(kubectl, policy, own);
    log(`${id} refuses ${title}: ${own.map(({ what }) => what).join('; ')}`);
  }
}

/** Where the policy does not deny, nothing else does: the API server tells the first reason only. */
async function checkOnlyReason(
  kubectl: Kubectl,
  { id, name }: AdmissionPolicy,
  cases: readonly AdmissionCase[],
): Promise<void> {
  const act = (action: string) =>
    kubectl.must([
      ...['patch', 'validatingadmissionpolicybinding', `${name}.${LABEL_PREFIX}`],
      ...['--type', 'merge', '--patch', JSON.stringify({ spec: { validationActions: [action] } })],
    ]);
  await act('Audit');
  try {
    for (const { what, bad } of cases) {
      await admitted(`${what}, without ${id},`, () => create(kubectl, bad));
    }
  } finally {
    await act('Deny');
  }
}

/** Changes an object `probe` by a merge patch. */
function patch(
  kubectl: Kubectl,
  kind: string,
  where: string,
  changes: object,
  as: readonly string[] = [],
) {
  return kubectl.run([
    ...['patch', kind, 'probe', '--namespace', where, '--dry-run=server'],
    ...['--type', 'merge', '--patch', JSON.stringify(changes), ...as],
  ]);
}

/** What has been admitted cannot be moved to another queue, and can be changed otherwise. */
async function checkQueueUpdate(kubectl: Kubectl, log: Log): Promise<void> {
  const { bound } = NAMESPACES;
  for (const object of [podGroup({ queue: QUEUE }), waitingPod()]) {
    await kubectl.must(['create', '-f', '-'], JSON.stringify(object));
  }
  const group = (spec: object) => () => patch(kubectl, POD_GROUP, bound, { spec });
  const note = (key: string) => () =>
    patch(kubectl, 'pod', bound, { metadata: { annotations: { [key]: 'other' } } });
  const high = 'centre-system';
  await refused('a move of a PodGroup', 'AICC-POL-002', 'other', group({ queue: 'other' }));
  await refused('a rise', 'AICC-POL-004', high, group({ priorityClassName: high }));
  await refused('a move of a pod', 'AICC-POL-002', 'other', note(QUEUE_NAME));
  await admitted('another change of a PodGroup', group({ minMember: 2 }));
  await admitted('another annotation of a pod', note('a'));
  await kubectl.must(['delete', 'pod', 'probe', '--namespace', bound]);
  log('no move to another queue, no rise of priority; other changes are admitted');
}

/** A pod that waits gets no way to NPU servers, and no devices, but from the device plugin. */
async function checkDeviceUpdate(kubectl: Kubectl, resourceName: string, log: Log): Promise<void> {
  const { bound } = NAMESPACES;
  const id = 'AICC-POL-011';
  await kubectl.must(['create', '-f', '-'], JSON.stringify(pod({ schedulerName: 'none' })));
  const real = 'huawei.com/AscendReal';
  const note = (key: string, ...as: string[]) => {
    const metadata = { annotations: { [key]: 'Ascend910-0' } };
    return () => patch(kubectl, 'pod', bound, { metadata }, as);
  };
  const tolerate = (key: string) => () =>
    patch(kubectl, 'pod', bound, { spec: { tolerations: [{ key, operator: 'Exists' }] } });
  const waits = 'a toleration of a pod that waits';
  await refused(waits, 'AICC-POL-012', resourceName, tolerate(resourceName));
  await refused('an annotation of devices', id, resourceName, note(resourceName));
  await refused('an annotation of devices', id, real, note(real));
  await admitted('another toleration', tolerate('site.example/cpu'));
  const plugin = 'system:serviceaccount:kube-system:ascend-device-plugin-sa';
  await admitted("the device plugin's annotation", note(real, '--as', plugin));
  await kubectl.must(['delete', 'pod', 'probe', '--namespace', bound]);
  log(
    `a pod that waits gets no toleration of NPU servers and no devices, but from the device plugin`,
  );
}

/** Replaces the ephemeral containers of the pod `probe`. */
async function debug(kubectl: Kubectl, where: string, containers: object[]): Promise<Result> {
  const args = ['get', 'pod', 'probe', '--namespace', where, '-o', 'json'];
  const probe = JSON.parse(await kubectl.must(args));
  probe.spec.ephemeralContainers = containers;
  const path = `/api/v1/namespaces/${where}/pods/probe/ephemeralcontainers?dryRun=All`;
  return kubectl.run(['replace', '--raw', path, '-f', '-'], JSON.stringify(probe));
}

async function checkEphemeral(kubectl: Kubectl, log: Log): Promise<void> {
  await kubectl.must(['create', '-f', '-'], JSON.stringify(pod({ schedulerName: 'none' })));
  for (const { id, bad, got, good } of EPHEMERAL_CASES) {
    const send = (changes: object) => () =>
      debug(kubectl, NAMESPACES.bound, [ephemeral({ ...changes })]);
    await refused('an ephemeral container', id, got, send(bad));
    await admitted(`${id}: a mended ephemeral container`, send(good));
  }
  log(`ephemeral containers: ${EPHEMERAL_CASES.length} refused, and admitted when mended`);
}

/** What is from before the policies can be changed, but not to what they refuse. */
async function checkOldObjects(kubectl: Kubectl, resourceName: string, log: Log): Promise<void> {
  const { late } = NAMESPACES;
  for (const object of lawlessObjects(resourceName)) {
    await kubectl.must(['create', '-f', '-'], JSON.stringify(object));
  }
  await kubectl.must(['label', 'namespace', late, `${TENANT_LABEL}=${late}`]);
  const annotations = Object.entries(ANNOTATIONS).map(([key, value]) => `${key}=${value}`);
  await kubectl.must(['annotate', 'namespace', late, ...annotations]);
  const image = (name: string) => () =>
    kubectl.run([
      ...['set', 'image', 'pod', 'probe', `main=${name}`],
      ...['--namespace', late, '--dry-run=server'],
    ]);
  const label = { metadata: { labels: { a: 'b' } } };
  const other = 'other.example/probe:1';
  const latest = 'registry.example/probe:latest';
  await refused('a new image', 'AICC-POL-003', other, image(other));
  await refused('a new image', 'AICC-POL-006', latest, image(latest));
  await admitted('a new image', image('registry.example/probe:1'));
  await admitted('a label of a pod', () => patch(kubectl, 'pod', late, label));
  await admitted('a label of a PodGroup', () => patch(kubectl, POD_GROUP, late, label));
  await admitted('an ephemeral container', () => debug(kubectl, late, [ephemeral({})]));
  log('a pod and a PodGroup from before the policies: changed, but not to what is refused');
}

/** kube-system, also with the label of a tenant, and the namespace that may use the host. */
async function checkOutside(
  kubectl: Kubectl,
  host: string | undefined,
  resourceName: string,
  log: Log,
): Promise<void> {
  const system = pod({ hostNetwork: true, hostPID: true }, { image: 'probe' }, 'kube-system');
  const label = (value: string) =>
    kubectl.must(['label', 'namespace', 'kube-system', `${TENANT_LABEL}${value}`]);
  await label('=kube-system');
  try {
    await admitted('a pod in kube-system', () => create(kubectl, system));
  } finally {
    await label('-');
  }
  log('kube-system: nothing is refused, even with the label of a tenant');
  if (!host) return;
  for (const use of hostUses(host)) {
    await admitted(`${use.what} in ${host}`, () => create(kubectl, use.pod));
  }
  const privileged = pod({ hostNetwork: true, hostPID: true }, {}, host);
  await refused('hostPID', 'AICC-POL-007', 'hostPID', () => create(kubectl, privileged));
  // As the DaemonSet that keeps weights on NPU servers.
  const there = { tolerations: [{ key: resourceName, operator: 'Exists' }], nodeName: 'some-node' };
  await admitted(`a pod on NPU servers in ${host}`, () => create(kubectl, pod(there, {}, host)));
  const devices = pod(there, env({ name: 'ASCEND_VISIBLE_DEVICES', value: '0' }), host);
  await refused('devices by number', 'AICC-POL-011', 'main', () => create(kubectl, devices));
  log(
    `${host}: network, ports and folders of the host and NPU servers admitted, its processes and devices not`,
  );
}

/** A namespace that is protected stays; one that is not, because it was retired, goes. */
async function checkDeletion(kubectl: Kubectl, log: Log): Promise<void> {
  const { open } = NAMESPACES;
  const remove = () => kubectl.run(['delete', 'namespace', open, '--dry-run=server']);
  await kubectl.must(['label', 'namespace', open, `${PROTECTED_LABEL}=true`]);
  await refused('the deletion of a namespace', 'AICC-POL-009', open, remove);
  await kubectl.must(['label', 'namespace', open, `${PROTECTED_LABEL}-`]);
  await admitted('the deletion of a retired namespace', remove);
  log(
    'AICC-POL-009 refuses the deletion of a protected namespace, and admits that of a retired one',
  );
}

/** The annotations hold because no role of a tenant allows editing the namespace. */
async function checkRoles(kubectl: Kubectl, log: Log): Promise<void> {
  const where = ['--namespace', NAMESPACES.bound];
  for (const role of ['edit', 'admin']) {
    const user = `tenant-${role}`;
    const binding = ['rolebinding', user, `--clusterrole=${role}`, `--user=${user}`];
    await kubectl.must(['create', ...binding, ...where]);
    const can = async (...request: string[]) =>
      (await kubectl.run(['auth', 'can-i', ...request, ...where, '--as', user])).stdout.trim();
    await waitFor(
      `${user} may create pods`,
      20,
      () => can('create', 'pods'),
      (a) => a === 'yes',
    );
    for (const verb of ['update', 'patch']) {
      assert.equal(await can(verb, `namespaces/${NAMESPACES.bound}`), 'no', `${user} can ${verb}`);
    }
  }
  log('roles edit and admin of a namespace do not allow changing its annotations');
}
