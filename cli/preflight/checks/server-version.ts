import {
  MINDCLUSTER_RELEASES,
  type MindClusterVersion,
  OLDEST_KUBERNETES_MINOR,
} from '../../../core/accelerator';
import type { Check } from '../../checks/check';
import { declaredCapacity } from '../../declared/phase';
import type { PreflightSubject } from '../subject';

export const serverVersion: Check<PreflightSubject> = {
  id: 'AICC-PRE-001',
  level: 'error',
  title: 'the API server is of a release that MindCluster and the policies support',
  why:
    'Components of MindCluster are released for a range of Kubernetes, and the admission ' +
    'policies read fields that older API servers do not have: a policy that cannot be evaluated ' +
    'refuses every pod.',
  remedy: 'install another release of Kubernetes',
  async check({ phase, cluster }) {
    const { gitVersion } = await cluster.call<{ gitVersion: string }>('GET', '/version');
    const minor = Number(/^v1\.(\d+)\./.exec(gitVersion)?.[1] ?? Number.NaN);
    const declared = declaredCapacity(phase);
    const mindcluster = declared['mindcluster-version'] as MindClusterVersion;
    const newest = MINDCLUSTER_RELEASES[mindcluster]?.newestKubernetesMinor ?? Number.NaN;
    const said = { path: 'API server', statement: `Kubernetes ${gitVersion}` };
    if (!(minor >= OLDEST_KUBERNETES_MINOR && minor <= newest)) {
      const remedy = `install 1.${OLDEST_KUBERNETES_MINOR} to 1.${newest}, which MindCluster ${mindcluster} supports`;
      return { ...said, remedy };
    }
    const version = declared['kubernetes-version'] ?? '';
    if (version.split('.')[1] === `${minor}`) return undefined;
    const remedy = `set kubernetesVersion of the cluster to it, got: '${version}'`;
    return { ...said, level: 'warning', remedy };
  },
};
