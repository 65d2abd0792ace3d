import type { V1Job, V1PersistentVolumeClaim } from '@kubernetes/client-node';
import type { Check } from '../../checks/check';
import { conditionOf } from '../../live/conditions';
import type { VerifySubject } from '../subject';

export const weightsThere: Check<VerifySubject> = {
  id: 'AICC-VER-012',
  level: 'error',
  title: 'claims are bound and jobs of the phase have done their work',
  why:
    'Weights are read from claims that are bound, and filled by jobs that are done: models that ' +
    'need them do not start before.',
  remedy: 'see the log of its pod; models that need it do not start',
  async check({ liveOf }) {
    const claims = await liveOf<V1PersistentVolumeClaim>('PersistentVolumeClaim');
    const jobs = await liveOf<V1Job>('Job');
    return [
      claims
        .filter(({ status }) => status?.phase !== 'Bound')
        .map(({ metadata, status, spec }) => ({
          path: `PersistentVolumeClaim ${metadata?.namespace}/${metadata?.name}`,
          statement: `is ${status?.phase ?? 'Pending'}`,
          remedy: `see its events and the StorageClass ${spec?.storageClassName ?? ''}`,
        })),
      jobs.map((job) => {
        const { succeeded = 0 } = job.status ?? {};
        const wanted = job.spec?.completions ?? 1;
        if (succeeded >= wanted) return undefined;
        const failed = conditionOf(job, 'Failed');
        const why = failed?.status === 'True' ? failed.message : undefined;
        return {
          path: `Job ${job.metadata?.namespace}/${job.metadata?.name}`,
          statement: why ?? `${succeeded} of ${wanted} done`,
        };
      }),
    ];
  },
};
