/** Nodes that a Kubernetes cluster is made for (kubernetes.io, "Considerations for large clusters", v1.34). */
export const MAX_NODES = 5000;

/** Pods that a node of such a cluster should have at most (same source). */
export const MAX_PODS = 110;

/** Pods of such a cluster in all (same source). */
export const MAX_CLUSTER_PODS = 150_000;
