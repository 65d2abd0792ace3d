import { deviceCases, EPHEMERAL_DEVICE_CASES } from './admission-device-cases';
import {
  type AdmissionCase,
  type EphemeralCase,
  type Fields,
  IMAGE,
  IN_QUEUE,
  init,
  limits,
  NAMESPACES,
  object,
  PRIVILEGED,
  pod,
  podGroup,
  QUEUE,
  QUEUE_NAME,
  type Sent,
  VOLCANO,
  volcanoJob,
} from './admission-objects';

/** @param counts devices that one pod may ask for */
export function admissionCases(resourceName: string, counts: readonly number[]): AdmissionCase[] {
  return [
    ...schedulerCases(resourceName, counts[0] ?? 1),
    ...queueCases(),
    ...imageCases(),
    ...priorityCases(),
    ...countCases(resourceName, counts),
    ...privilegeCases(),
    ...hostCases(),
    ...serviceCases(),
    ...deviceCases(resourceName, counts[0] ?? 1),
  ];
}

function serviceCases(): AdmissionCase[] {
  const service = (spec: Fields) =>
    object('v1', 'Service', { ports: [{ port: 80 }], ...spec }, NAMESPACES.bound);
  return [
    {
      id: 'AICC-POL-010',
      what: 'external address',
      bad: service({ externalIPs: ['10.0.0.1'] }),
      got: '10.0.0.1',
      good: service({}),
    },
  ];
}

function schedulerCases(resourceName: string, npus: number): AdmissionCase[] {
  const npu = limits(resourceName, npus);
  const id = 'AICC-POL-001';
  const got = 'default-scheduler';
  const good = pod(VOLCANO, npu, NAMESPACES.bound, IN_QUEUE);
  return [
    { id, what: 'other scheduler', bad: pod({}, npu), got, good },
    {
      id,
      what: 'bound by hand',
      bad: pod({ ...VOLCANO, nodeName: 'some-node' }, npu, NAMESPACES.bound, IN_QUEUE),
      got: 'some-node',
      good,
    },
    {
      id,
      what: 'other scheduler, init container',
      bad: pod(init(npu)),
      got,
      good: pod({ ...VOLCANO, ...init(npu) }, {}, NAMESPACES.bound, IN_QUEUE),
    },
    {
      id,
      what: 'other scheduler, no NPU asked for',
      bad: pod({}, npu),
      got,
      good: pod({}, limits(resourceName, 0)),
    },
  ];
}

function queueCases(): AdmissionCase[] {
  const id = 'AICC-POL-002';
  const inQueue = (annotations: Record<string, string>) =>
    pod(VOLCANO, {}, NAMESPACES.bound, annotations);
  return [
    {
      id,
      what: 'other queue',
      bad: inQueue({ [QUEUE_NAME]: 'other' }),
      got: 'other',
      good: inQueue(IN_QUEUE),
    },
    {
      id,
      what: 'no queue',
      bad: inQueue({}),
      got: 'default',
      good: inQueue({ 'scheduling.k8s.io/group-name': 'group' }),
    },
    {
      id,
      what: 'PodGroup',
      bad: podGroup({ queue: 'other' }),
      got: 'other',
      good: podGroup({ queue: QUEUE }),
    },
    {
      id,
      what: 'PodGroup, no queue',
      bad: podGroup({}),
      got: 'default',
      good: podGroup({ queue: QUEUE }),
    },
    {
      id,
      what: 'Volcano Job',
      bad: volcanoJob({ queue: 'other' }),
      got: 'other',
      good: volcanoJob({ queue: QUEUE }),
    },
    {
      id,
      what: 'other queue, namespace without annotation',
      bad: inQueue({ [QUEUE_NAME]: 'other' }),
      got: 'other',
      good: pod(VOLCANO, {}, NAMESPACES.open, { [QUEUE_NAME]: 'other' }),
    },
  ];
}

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

function imageCases(): AdmissionCase[] {
  const elsewhere = (image: string, good: string): AdmissionCase => ({
    id: 'AICC-POL-003',
    what: image,
    bad: pod({}, { image }),
    got: image,
    good: pod({}, { image: good }),
  });
  const untagged = (image: string, good: string): AdmissionCase => ({
    id: 'AICC-POL-006',
    what: image,
    bad: pod({}, { image }, NAMESPACES.open),
    got: image,
    good: pod({}, { image: good }, NAMESPACES.open),
  });
  const initImage = (id: string, image: string): AdmissionCase => ({
    id,
    what: `${image}, init container`,
    bad: pod(init({ image })),
    got: image,
    good: pod(init({})),
  });
  return [
    elsewhere('registry.example.evil/probe:1', 'registry.example/probe:1'),
    elsewhere('registry.example:5000/probe:1', `registry.example/probe@${DIGEST}`),
    elsewhere('quay.io/ascend-evil/probe:1', 'quay.io/ascend/probe:1'),
    elsewhere('probe:1', 'quay.io/ascend/deeper/probe:1'),
    initImage('AICC-POL-003', 'docker.io/probe:1'),
    untagged('host:5000/probe', 'host:5000/probe:1'),
    untagged('host/probe:latest', `host/probe:latest@${DIGEST}`),
    untagged('probe', `probe@${DIGEST}`),
    initImage('AICC-POL-006', 'registry.example/probe'),
  ];
}

function priorityCases(): AdmissionCase[] {
  const id = 'AICC-POL-004';
  const of = (priorityClassName: string, where: string) => pod({ priorityClassName }, {}, where);
  return [
    {
      id,
      what: "the centre's class",
      bad: of('centre-system', NAMESPACES.open),
      got: 'centre-system',
      good: of('online-serving', NAMESPACES.open),
    },
    {
      id,
      what: "Kubernetes' class",
      bad: of('system-node-critical', NAMESPACES.open),
      got: 'system-node-critical',
      good: pod({}, {}, NAMESPACES.open),
    },
    {
      id,
      what: 'class not in the list',
      bad: of('online-serving', NAMESPACES.bound),
      got: 'online-serving',
      good: of('batch', NAMESPACES.bound),
    },
    {
      id,
      what: 'class of a PodGroup',
      bad: podGroup({ queue: QUEUE, priorityClassName: 'centre-system' }),
      got: 'centre-system',
      good: podGroup({ queue: QUEUE, priorityClassName: 'batch' }),
    },
  ];
}

function countCases(resourceName: string, counts: readonly number[]): AdmissionCase[] {
  let wrong = 2;
  while (counts.includes(wrong)) wrong += 1;
  const [right = 1] = counts;
  const most = Math.max(...counts);
  const asks = (npus: number | string) => limits(resourceName, npus);
  const npuPod = (npus: number | string, spec: Fields = {}) =>
    pod({ ...VOLCANO, ...spec }, asks(npus), NAMESPACES.bound, IN_QUEUE);
  const common = { id: 'AICC-POL-005', got: `${wrong}` };
  const inits = (...all: Fields[]) => ({ initContainers: all });
  const sidecar = { name: 'sidecar', image: IMAGE, restartPolicy: 'Always', ...asks(1) };
  const first = { name: 'first', image: IMAGE, ...asks(wrong - 1) };
  const second = (container: Fields) => {
    const { containers } = npuPod(1).spec as { containers: Fields[] };
    return { containers: [...containers, { name: 'second', image: IMAGE, ...container }] };
  };
  return [
    { ...common, what: `${wrong} NPUs`, bad: npuPod(wrong), good: npuPod(right) },
    {
      ...common,
      what: `1 and ${wrong - 1} NPUs`,
      bad: npuPod(1, second(asks(wrong - 1))),
      good: npuPod(right, second({})),
    },
    {
      ...common,
      what: `${wrong} NPUs, init container`,
      bad: npuPod(right, init(asks(wrong))),
      // It runs before the others, which ask for more.
      good: npuPod(most, init(asks(Math.min(wrong, most)))),
    },
    {
      ...common,
      what: `1 NPU and a sidecar of ${wrong - 1}`,
      bad: npuPod(1, init({ ...asks(wrong - 1), restartPolicy: 'Always' })),
      good: npuPod(right, init({ restartPolicy: 'Always' })),
    },
    {
      ...common,
      what: `a sidecar of 1 NPU before an init container of ${wrong - 1}`,
      bad: pod({ ...VOLCANO, ...inits(sidecar, first) }, {}, NAMESPACES.bound, IN_QUEUE),
      good: pod({ ...VOLCANO, ...inits(first, sidecar) }, {}, NAMESPACES.bound, IN_QUEUE),
    },
    // More than an integer holds, and a quantity that is none.
    ...['100E', `${most + 1}k`].map((npus) => ({
      ...common,
      what: `${npus} NPUs`,
      bad: npuPod(npus),
      got: npus,
      good: npuPod(right),
    })),
  ];
}

const ADMIN = { securityContext: { capabilities: { add: ['CHOWN', 'SYS_ADMIN'] } } };
const CHOWN = { securityContext: { capabilities: { add: ['CHOWN'] } } };

function privilegeCases(): AdmissionCase[] {
  const of = (what: string, bad: Sent, got: string, good: Sent = pod()): AdmissionCase => ({
    id: 'AICC-POL-007',
    what,
    bad,
    got,
    good,
  });
  return [
    of('hostPID', pod({ hostPID: true }), 'hostPID'),
    of('hostIPC', pod({ hostIPC: true }), 'hostIPC'),
    of('privileged', pod({}, PRIVILEGED), 'main'),
    of('privileged, init container', pod(init(PRIVILEGED)), 'first', pod(init({}))),
    of('capability', pod({}, ADMIN), 'main adds CHOWN SYS_ADMIN', pod({}, CHOWN)),
  ];
}

/** What the host-access policy refuses, but not in the namespaces that the cluster names. */
export function hostUses(where: string): { what: string; pod: Sent; got: string }[] {
  const port = { containerPort: 80, hostPort: 80 };
  const folder = { name: 'host', hostPath: { path: '/var/log' } };
  return [
    { what: 'hostNetwork', pod: pod({ hostNetwork: true }, {}, where), got: 'hostNetwork' },
    { what: 'hostPort', pod: pod({}, { ports: [port] }, where), got: 'main' },
    { what: 'hostPort, sidecar', pod: pod(sidecar([port]), {}, where), got: 'first' },
    { what: 'hostPath', pod: pod({ volumes: [folder] }, {}, where), got: '/var/log' },
  ];
}

function sidecar(ports: Fields[]): Fields {
  return init({ ports, restartPolicy: 'Always' });
}

function hostCases(): AdmissionCase[] {
  return hostUses(NAMESPACES.bound).map(({ what, pod: bad, got }) => ({
    id: 'AICC-POL-008',
    what,
    bad,
    got,
    good: pod(sidecar([{ containerPort: 80 }]), {}, NAMESPACES.bound),
  }));
}

export const EPHEMERAL_CASES: readonly EphemeralCase[] = [
  {
    id: 'AICC-POL-003',
    bad: { image: 'registry.example.evil/probe:1' },
    got: 'registry.example.evil/probe:1',
    good: {},
  },
  {
    id: 'AICC-POL-006',
    bad: { image: 'registry.example/probe' },
    got: 'registry.example/probe',
    good: { image: 'registry.example/probe:2' },
  },
  { id: 'AICC-POL-007', bad: PRIVILEGED, got: 'debug', good: {} },
  { id: 'AICC-POL-007', bad: ADMIN, got: 'debug adds CHOWN SYS_ADMIN', good: CHOWN },
  ...EPHEMERAL_DEVICE_CASES,
];
