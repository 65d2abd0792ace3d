import type { Check } from '../../checks/check';
import { kindsOf } from '../../declared/phase';
import type { PreflightSubject } from '../subject';

/** Who brings the kinds of a group. */
const FROM: readonly (readonly [group: RegExp, release: string])[] = [
  [/\.volcano\.sh$/, 'Volcano (docs/hosts.md)'],
  [/^leaderworkerset\./, 'LeaderWorkerSet'],
  [/^monitoring\.coreos\.com$/, 'the Prometheus operator'],
  [/^gateway\.networking\.k8s\.io$/, 'Gateway API'],
  [/^gateway\.envoyproxy\.io$/, 'Envoy Gateway'],
];

export const kindsServed: Check<PreflightSubject> = {
  id: 'AICC-PRE-002',
  level: 'error',
  title: 'the API server knows every kind of the phase, in the version that is used',
  why:
    'Terraform plans custom objects against the CRDs of the cluster: without one the plan of ' +
    'the whole stack fails.',
  remedy: 'install its release',
  async check({ phase, cluster }) {
    return Promise.all(
      kindsOf(phase).map(async ({ apiVersion, kind }) => {
        if (await cluster.resource(apiVersion, kind)) return undefined;
        const [group = '', version] = apiVersion.split('/');
        const others = await otherVersions(cluster, group, kind);
        const [, release = 'its release'] = FROM.find(([of]) => of.test(group)) ?? [];
        const path = `kind ${kind} of ${apiVersion}`;
        return others.length > 0
          ? {
              path,
              statement: `served as ${others.join(', ')} only`,
              remedy: `install a release of ${release} that serves ${version}`,
            }
          : {
              path,
              statement: 'not served',
              remedy: `install the CRDs of ${release}: Terraform plans such objects against them`,
            };
      }),
    );
  },
};

async function otherVersions(
  cluster: PreflightSubject['cluster'],
  group: string,
  kind: string,
): Promise<string[]> {
  const { groups } = await cluster.call<{
    groups: { name: string; versions: { groupVersion: string; version: string }[] }[];
  }>('GET', '/apis');
  const versions = groups.find(({ name }) => name === group)?.versions ?? [];
  const served = await Promise.all(
    versions.map(({ groupVersion }) => cluster.resource(groupVersion, kind)),
  );
  return versions.filter((_, index) => served[index]).map(({ version }) => version);
}
