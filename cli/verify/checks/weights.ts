import type { V1Job, V1PersistentVolumeClaim } from '@kubernetes/client-node';
import type { Finding } from '../../../core/rules';
import type { Check } from '../../checks/check';
import type { VerifySubject } from '../subject';

export const weightsThere: Check<VerifySubject> = {
  id: 'AICC-VER-012',
  level: 'error',
  title: 'claims are bound and jobs of the phase have done their work',
  why:
    'Weights are read from claims that are bound, and filled by jobs that are done: models that ' +
    'need them do not start before.',
  async check({ liveOf }) {
    const found: Finding[] = [];
    for (const { metadata, status, spec } of await liveOf<V1PersistentVolumeClaim>(
      'PersistentVolumeClaim',
    )) {
      if (status?.phase === 'Bound') continue;
      found.push({
        path: `PersistentVolumeClaim ${metadata?.namespace}/${metadata?.name}`,
        statement: `is ${status?.phase ?? 'Pending'}`,
        remedy: `see its events and the StorageClass ${spec?.storageClassName ?? ''}`,
      });
    }
    for (const { metadata, status, spec } of await liveOf<V1Job>('Job')) {
      const wanted = spec?.completions ?? 1;
      if ((status?.succeeded ?? 0) >= wanted) continue;
      const failed = status?.conditions?.find((c) => c.type === 'Failed' && c.status === 'True');
      found.push({
        path: `Job ${metadata?.namespace}/${metadata?.name}`,
        statement: failed?.message ?? `${status?.succeeded ?? 0} of ${wanted} done`,
        remedy: 'see the log of its pod; models that need it do not start',
      });
    }
    return found;
  },
};
