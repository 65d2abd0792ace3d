/** Releases of Volcano that treat queues alike: from the first to the last that there was when they were tried. */
export interface VolcanoReleases {
  readonly first: string;
  readonly last: string;
}

/**
 * Releases whose webhook was tried with the queues of this package (docs/hosts.md, "Releases of Volcano"),
 * in their order. Inside a range its source is the same (volcano-sh/volcano `pkg/webhooks/admission/queues`).
 */
export const TRIED_RELEASES: readonly VolcanoReleases[] = [
  { first: '1.12.0', last: '1.12.4' },
  { first: '1.13.0', last: '1.13.3' },
  { first: '1.14.0', last: '1.14.1' },
  { first: '1.14.2', last: '1.14.4' },
  { first: '1.15.0', last: '1.15.1' },
  { first: '1.16.0-alpha.0', last: '1.16.0-alpha.1' },
];

const RELEASE = /^v?(1\.\d+\.\d+(?:-(?:alpha|beta|rc)\.\d+)?)(?:-|$)/;

/**
 * The release that an image is of, as its tag says: upstream's `volcanosh/vc-scheduler:v1.15.1`, and
 * MindCluster's `vc-scheduler:v1.12.0-v26.1.0-openeuler24.03` (Ascend/mind-cluster 26.1
 * `docker/ascend-for-volcano/OVERVIEW.md`).
 *
 * @returns undefined for a digest alone, `latest` and tags of a site
 */
export function releaseOfImage(image: string): string | undefined {
  const [name = ''] = image.split('@');
  const tag = /:([^:/]+)$/.exec(name)?.[1] ?? '';
  return RELEASE.exec(tag)?.[1];
}

export function isTried(release: string): boolean {
  return TRIED_RELEASES.some(
    ({ first, last }) =>
      compareReleases(first, release) <= 0 && compareReleases(release, last) <= 0,
  );
}

/** Whether a release is before all that were tried. */
export function isOlder(release: string): boolean {
  return TRIED_RELEASES.every(({ first }) => compareReleases(release, first) < 0);
}

/** What comes before a release itself, in this order. */
const STAGES = ['alpha', 'beta', 'rc'];

/** @returns below 0 where `a` comes before `b` */
function compareReleases(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

function partsOf(release: string): number[] {
  const [numbers = '', stage = ''] = release.split('-');
  const [name = '', count] = stage.split('.');
  return [
    ...numbers.split('.').map(Number),
    stage ? STAGES.indexOf(name) : STAGES.length,
    Number(count ?? 0),
  ];
}

export function describeTried(): string {
  return TRIED_RELEASES.map(({ first, last }) => `${first} to ${last}`).join(', ');
}
