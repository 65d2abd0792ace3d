import { VISIBLE_DEVICES as DEVICES, RUNTIME_SWITCHES, visibleDevices } from '../../constructs';
import {
  type AdmissionCase,
  type EphemeralCase,
  env,
  type Fields,
  IN_QUEUE,
  init,
  limits,
  NAMESPACES,
  pod,
  type Sent,
  VOLCANO,
} from './admission-objects';

/** Ways to NPUs that Volcano has not given, and to their servers. */
export function deviceCases(resourceName: string, npus: number): AdmissionCase[] {
  const id = 'AICC-POL-011';
  const servers = 'AICC-POL-012';
  const given = visibleDevices(resourceName);
  const withNpus = (container: Fields, spec: Fields = {}) =>
    pod(
      { ...VOLCANO, ...spec },
      { ...limits(resourceName, npus), ...container },
      NAMESPACES.bound,
      IN_QUEUE,
    );
  const sets = (name: string) => ({
    id,
    what: `'${name}'`,
    bad: pod({}, env({ name })),
    got: `main sets ${name}`,
    good: pod({}, env({ name: `MY_${name.trim()}` })),
  });
  const names = (what: string, variable: Fields, good: Sent = withNpus(env(given))) => ({
    id,
    what: `devices by ${what}`,
    bad: withNpus(env({ name: DEVICES, ...variable })),
    got: 'main',
    good,
  });
  const field = (fieldPath: string) => ({ valueFrom: { fieldRef: { fieldPath } } });
  const tolerates = (what: string, toleration: Fields, good: Fields, got = resourceName) => ({
    id: servers,
    what: `toleration of ${what}, no NPUs`,
    bad: pod({ tolerations: [toleration] }),
    got,
    good: pod({ tolerations: [good] }),
  });
  const npuTaint = { key: resourceName, operator: 'Exists', effect: 'NoSchedule' };
  return [
    // One of the names that the runtime trims.
    ...[...RUNTIME_SWITCHES, ' ASCEND_VNPU_SPECS'].map(sets),
    {
      id,
      what: 'switch, init container',
      bad: pod(init(env({ name: 'ASCEND_RUNTIME_MOUNTS', value: 'hostlog' }))),
      got: 'first sets ASCEND_RUNTIME_MOUNTS',
      good: pod(init(env({ name: DEVICES, value: 'void' }))),
    },
    names('number', { value: '0-7' }),
    names('number, no NPUs', { value: '0' }, pod({}, env({ name: DEVICES, value: 'void' }))),
    names('reference', { value: '$(OTHER)' }),
    names('ConfigMap', { valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } }),
    names('annotation of their own', field("metadata.annotations['mine']")),
    names('label', field("metadata.labels['mine']")),
    {
      ...names('sidecar', {}),
      bad: withNpus(
        env(given),
        init({ restartPolicy: 'Always', ...env({ name: DEVICES, value: '1' }) }),
      ),
      got: 'first',
    },
    ...[resourceName, 'huawei.com/AscendReal'].map((key) => ({
      id,
      what: `annotation ${key}`,
      bad: pod({}, {}, NAMESPACES.bound, { [key]: 'Ascend910-0' }),
      got: key,
      good: pod({}, {}, NAMESPACES.bound, { [`${key}.mine`]: 'Ascend910-0' }),
    })),
    tolerates('the taint of NPUs', npuTaint, { ...npuTaint, key: 'site.example/cpu' }),
    tolerates(
      'its empty value',
      { key: resourceName, effect: 'NoSchedule' },
      { ...npuTaint, effect: 'NoExecute' },
    ),
    {
      ...tolerates('every taint', { operator: 'Exists' }, {}, 'every taint'),
      good: withNpus(env(given), { tolerations: [{ operator: 'Exists' }] }),
    },
    {
      id: servers,
      what: 'node named, no NPUs',
      bad: pod({ nodeName: 'some-node' }),
      got: 'some-node',
      good: pod({ nodeSelector: { 'kubernetes.io/hostname': 'some-node' } }),
    },
  ];
}

export const EPHEMERAL_DEVICE_CASES: readonly EphemeralCase[] = [
  {
    id: 'AICC-POL-011',
    bad: env({ name: 'MOUNT_BY_RUNTIME_FOR_DP', value: '' }),
    got: 'debug sets MOUNT_BY_RUNTIME_FOR_DP',
    good: env({ name: 'A', value: '' }),
  },
  {
    id: 'AICC-POL-011',
    bad: env({ name: DEVICES, value: '0' }),
    got: 'debug',
    good: env({ name: DEVICES, value: '' }),
  },
];
