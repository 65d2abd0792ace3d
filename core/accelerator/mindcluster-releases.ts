import { type DataFile, readData } from '../data-files';
import type { Sourced } from './catalogue';

/** Releases of MindCluster that this package knows, oldest first. */
export const MINDCLUSTER_VERSIONS = ['7.3', '26.0', '26.1'] as const;
export type MindClusterVersion = (typeof MINDCLUSTER_VERSIONS)[number];

/** What differs between releases. */
export interface MindClusterRelease {
  /**
   * Tag of the images of all components; they must be of one version.
   * @default - the site installs the components: those before 26.1 have no health server, a device plugin
   * for each chip type, and other mounts, flags and rights than this package writes
   */
  readonly imageTag?: string;
  /** Newest minor release of Kubernetes 1 that it supports. */
  readonly newestKubernetesMinor: number;
  /** Whether the administrator sets all node labels; later the device plugin finds most out. */
  readonly allNodeLabels: boolean;
  /** NPUs of a cluster that it can look after. @default - no known limit */
  readonly maxNpus?: number;
}

/** Releases by their versions: what `data/mindcluster-releases.json` holds. */
export interface MindClusterReleasesFile extends DataFile {
  readonly releases: Readonly<Record<MindClusterVersion, MindClusterReleaseEntry>>;
}

/** A release as the file tells it: each value with its source. */
export interface MindClusterReleaseEntry {
  readonly imageTag?: Sourced<string>;
  readonly newestKubernetesMinor: Sourced<number>;
  readonly allNodeLabels: Sourced<boolean>;
  readonly maxNpus?: Sourced<number>;
}

const { releases } = readData<MindClusterReleasesFile>(__dirname, 'data/mindcluster-releases.json');

export const MINDCLUSTER_RELEASES = Object.fromEntries(
  Object.entries(releases).map(([version, entry]) => [version, valuesOf(entry)]),
) as Readonly<Record<MindClusterVersion, MindClusterRelease>>;

function valuesOf(entry: MindClusterReleaseEntry): MindClusterRelease {
  const values = Object.entries<Sourced<unknown>>({ ...entry }).map(([key, { value }]) => [
    key,
    value,
  ]);
  return Object.fromEntries(values) as MindClusterRelease;
}

/**
 * Oldest minor release of Kubernetes 1 for this package: ValidatingAdmissionPolicy is stable since
 * 1.30, and the policies read image volumes, which pods have since 1.31 (kubernetes.io, "Feature Gates").
 * MindCluster with Volcano alone would allow 1.19.
 */
export const OLDEST_KUBERNETES_MINOR = 31;
