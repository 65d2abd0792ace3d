import type { V1Deployment } from '@kubernetes/client-node';
import type { Finding } from '../../../core/rules';
import type { Check } from '../../checks/check';
import type { LiveCluster } from '../../live/cluster';
import type { PreflightSubject } from '../subject';
import { describeTried, isOlder, isTried, releaseOfImage } from '../volcano-releases';
import { VOLCANO_DEPLOYMENTS, VOLCANO_NAMESPACE } from './volcano';

/** Webhooks of upstream's chart; the manifests of MindCluster have none. */
const ADMISSION = 'volcano-admission';
const WHERE = 'docs/hosts.md, "Releases of Volcano"';

/** A Deployment of Volcano, and what can be told of its release. */
interface Installed {
  readonly name: string;
  readonly image: string;
  readonly release: string | undefined;
}

export const volcanoRelease: Check<PreflightSubject> = {
  id: 'AICC-PRE-029',
  level: 'warning',
  title: 'Volcano is of one release, and of one that was tried with queues of tenants',
  why:
    'Webhooks of one release refuse queues that another one takes, and only the tags of images say which ' +
    'release a cluster has.',
  async seen({ cluster }) {
    const installed = await installedOn(cluster);
    const parts = installed.map(
      ({ name, release }) => `${name} ${release ?? 'of a release that its image does not name'}`,
    );
    return installed.length === 0
      ? undefined
      : `Volcano, by the tags of its images: ${parts.join(', ')}`;
  },
  async check({ cluster }) {
    const installed = await installedOn(cluster);
    const releases = [...new Set(installed.flatMap(({ release }) => release ?? []))];
    return [...installed.flatMap(problemOf), ...(releases.length > 1 ? [mixed(installed)] : [])];
  },
};

/** What is not there is a matter of AICC-PRE-004. */
async function installedOn(cluster: LiveCluster): Promise<Installed[]> {
  const found = await Promise.all(
    [...VOLCANO_DEPLOYMENTS, ADMISSION].map((name) =>
      cluster.get<V1Deployment>({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace: VOLCANO_NAMESPACE },
      }),
    ),
  );
  return found.flatMap((deployment) => {
    const image = deployment?.spec?.template.spec?.containers[0]?.image ?? '';
    const name = deployment?.metadata?.name ?? '';
    return deployment ? [{ name, image, release: releaseOfImage(image) }] : [];
  });
}

function problemOf({ name, image, release }: Installed): Finding[] {
  const path = `Deployment ${VOLCANO_NAMESPACE}/${name}`;
  if (release === undefined) {
    return [
      {
        level: 'warning',
        path,
        statement: `its release cannot be told: image ${image || 'none'}`,
        remedy: `find out which it is and compare (${WHERE}), or give the image a tag that begins with the release, v1.12.0: nothing else in a cluster names it`,
      },
    ];
  }
  if (isTried(release)) return [];
  return [
    {
      level: isOlder(release) ? 'error' : 'warning',
      path,
      statement: `Volcano ${release}, which was not tried with queues of tenants`,
      remedy: `install one of ${describeTried()} (${WHERE})`,
    },
  ];
}

function mixed(installed: readonly Installed[]): Finding {
  const each = installed.flatMap(({ name, release }) => (release ? [`${name} ${release}`] : []));
  return {
    level: 'warning',
    path: `Deployments of ${VOLCANO_NAMESPACE}`,
    statement: `are of several releases: ${each.join(', ')}`,
    remedy: 'install all parts of Volcano from one release',
  };
}
