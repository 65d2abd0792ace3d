import type { QueueLike } from './volcano-queue-rules';

const NPU = 'huawei.com/Ascend910';
const npus = (count: string) => ({ [NPU]: count });
const guarantee = (count: string) => ({ guarantee: { resource: npus(count) } });
const SINCE_1_13 = ['1.13.0', '1.14.0', '1.14.2'];
const SINCE_1_14 = ['1.14.0', '1.14.2'];

/**
 * Queues that were put to the webhooks of Volcano by hand on 30 November 2026 (docs/hosts.md, "Releases of
 * Volcano"), and which refused them: 1.13.3 stands for those from 1.13.0 on, 1.14.0 for its own, and 1.14.4,
 * 1.15.1, 1.16.0-alpha.1 and the main branch of 20 August 2026, which agreed in all, for those from 1.14.2 on.
 */
export const TRIED_QUEUES: readonly {
  readonly what: string;
  readonly spec: QueueLike;
  /** First of the releases that refused it. */
  readonly refusedBy: readonly string[];
}[] = [
  {
    what: 'guarantee, deserved and capability are equal',
    spec: { ...guarantee('8'), deserved: npus('8'), capability: npus('8') },
    refusedBy: [],
  },
  {
    what: 'nothing but a capability of 0, as of a retired tenant',
    spec: { capability: npus('0') },
    refusedBy: [],
  },
  {
    what: 'no capability',
    spec: { ...guarantee('8'), deserved: npus('8') },
    refusedBy: [],
  },
  {
    what: 'nothing deserved and no capability',
    spec: guarantee('8'),
    refusedBy: SINCE_1_14,
  },
  {
    what: 'a guarantee of 0, and nothing deserved',
    spec: { ...guarantee('0'), capability: npus('8') },
    refusedBy: SINCE_1_14,
  },
  {
    what: 'a guarantee above the capability, and nothing deserved',
    spec: { ...guarantee('16'), capability: npus('8') },
    refusedBy: SINCE_1_13,
  },
  {
    what: 'guarantee and deserved above the capability',
    spec: { ...guarantee('16'), deserved: npus('16'), capability: npus('8') },
    refusedBy: SINCE_1_13,
  },
  {
    what: 'a guarantee above what is deserved',
    spec: { ...guarantee('16'), deserved: npus('8'), capability: npus('16') },
    refusedBy: SINCE_1_13,
  },
  {
    what: 'half a device',
    spec: { ...guarantee('8500m'), deserved: npus('8500m'), capability: npus('16') },
    refusedBy: SINCE_1_14,
  },
  {
    what: 'less than nothing',
    spec: { ...guarantee('-8'), deserved: npus('-8'), capability: npus('16') },
    refusedBy: SINCE_1_14,
  },
  {
    what: 'CPUs that the capability does not name',
    spec: {
      guarantee: { resource: { ...npus('8'), cpu: '4' } },
      deserved: { ...npus('8'), cpu: '4' },
      capability: npus('8'),
    },
    refusedBy: ['1.13.0', '1.14.0'],
  },
];
