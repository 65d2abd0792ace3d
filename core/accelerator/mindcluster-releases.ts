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

/**
 * Sources, all Ascend/mind-cluster: image tag `helm-deploy-tool/app/values.yaml` of 26.1.0 (26.0 has images
 * too, tag `v26.0.0`); components `component/*\/build/*.yaml` and `common-utils/healthz` of branch_v26.0.0
 * and branch_v26.1.0; Kubernetes `docs/en/scheduling/installation_guide/01_environment_dependencies.md`
 * (26.0 and 26.1: 1.17 to 1.34; assumed for 7.3, whose repository has no such document); labels
 * `01_preparing_for_installation.md`; 1,024 NPUs `docs/en/release_notes.md` of 26.0.0, "Resolved
 * Issues": with NodeD, ClusterD runs out of gRPC connections. Volcano sets narrower limits before 26.1: its
 * newest there is 1.9.0, up to Kubernetes 1.28 (`00_obtaining_software_packages.md` of 26.0).
 */
export const MINDCLUSTER_RELEASES: Readonly<Record<MindClusterVersion, MindClusterRelease>> = {
  '7.3': { newestKubernetesMinor: 34, allNodeLabels: true, maxNpus: 1024 },
  '26.0': { newestKubernetesMinor: 34, allNodeLabels: true },
  '26.1': {
    imageTag: 'v26.1.0-openeuler24.03',
    newestKubernetesMinor: 34,
    allNodeLabels: false,
  },
};

/**
 * Oldest minor release of Kubernetes 1 for this package: ValidatingAdmissionPolicy is stable since
 * 1.30, and the policies read image volumes, which pods have since 1.31 (kubernetes.io, "Feature Gates").
 * MindCluster with Volcano alone would allow 1.19.
 */
export const OLDEST_KUBERNETES_MINOR = 31;
