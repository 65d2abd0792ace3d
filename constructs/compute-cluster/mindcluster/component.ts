/** What every component is given. */
export interface ComponentProps {
  /** Image with its tag. */
  readonly image: string;
  /** Extended resource names of the cluster's NPUs: taints of NPU servers are called after them. */
  readonly resourceNames: readonly string[];
}
