import type { Check } from '../../checks/check';
import type { Said } from '../../findings';
import type { LiveCluster } from '../../live/cluster';
import type { PreflightSubject } from '../subject';
import { describeTried, isOlder, isTried, releaseOfImage } from '../volcano-releases';
import { VOLCANO_DEPLOYMENTS, VOLCANO_NAMESPACE, volcanoDeployment } from './volcano';

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
  remedy: 'install all parts of Volcano from one release',
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
    return [installed.map(problemOf), releases.length > 1 ? mixed(installed) : undefined];
  },
};

/** What is not there is a matter of AICC-PRE-004. */
async function installedOn(cluster: LiveCluster): Promise<Installed[]> {
  const names = [...VOLCANO_DEPLOYMENTS, ADMISSION];
  const found = await Promise.all(names.map((name) => volcanoDeployment(cluster, name)));
  return found.flatMap((deployment) => {
    const image = deployment?.spec?.template.spec?.containers[0]?.image ?? '';
    const name = deployment?.metadata?.name ?? '';
    return deployment ? [{ name, image, release: releaseOfImage(image) }] : [];
  });
}

function problemOf({ name, image, release }: Installed): Said | undefined {
  const path = `Deployment ${VOLCANO_NAMESPACE}/${name}`;
  if (release === undefined) {
    return {
      path,
      statement: `its release cannot be told: image ${image || 'none'}`,
      remedy: `find out which it is and compare (${WHERE}), or give the image a tag that begins with the release, v1.12.0: nothing else in a cluster names it`,
    };
  }
  if (isTried(release)) return undefined;
  return {
    level: isOlder(release) ? 'error' : 'warning',
    path,
    statement: `Volcano ${release}, which was not tried with queues of tenants`,
    remedy: `install one of ${describeTried()} (${WHERE})`,
  };
}

function mixed(installed: readonly Installed[]): Said {
  const each = installed.flatMap(({ name, release }) => (release ? [`${name} ${release}`] : []));
  return {
    path: `Deployments of ${VOLCANO_NAMESPACE}`,
    statement: `are of several releases: ${each.join(', ')}`,
  };
}
