import {
  MINDCLUSTER_RELEASES,
  type MindClusterVersion,
  OLDEST_KUBERNETES_MINOR,
} from '../../../core/accelerator';
import type { Check } from '../../checks/finding';
import { declaredCapacity } from '../../declared/phase';
import type { PreflightSubject } from '../subject';

export const serverVersion: Check<PreflightSubject> = {
  id: 'AICC-PRE-001',
  title: 'the API server is of a release that MindCluster and the policies support',
  async check({ phase, cluster }) {
    const { gitVersion } = await cluster.call<{ gitVersion: string }>('GET', '/version');
    const minor = Number(/^v1\.(\d+)\./.exec(gitVersion)?.[1] ?? Number.NaN);
    const declared = declaredCapacity(phase);
    const mindcluster = declared['mindcluster-version'] as MindClusterVersion;
    const newest = MINDCLUSTER_RELEASES[mindcluster]?.newestKubernetesMinor ?? Number.NaN;
    const subject = 'API server';
    const found = `Kubernetes ${gitVersion}`;
    if (!(minor >= OLDEST_KUBERNETES_MINOR && minor <= newest)) {
      return [
        {
          subject,
          found,
          remedy: `install 1.${OLDEST_KUBERNETES_MINOR} to 1.${newest}, which MindCluster ${mindcluster} supports`,
        },
      ];
    }
    const version = declared['kubernetes-version'] ?? '';
    return version.split('.')[1] === `${minor}`
      ? []
      : [
          {
            level: 'warning',
            subject,
            found,
            remedy: `set kubernetesVersion of the cluster to it, got: '${version}'`,
          },
        ];
  },
};
