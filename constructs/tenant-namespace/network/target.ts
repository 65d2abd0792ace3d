/** An endpoint outside the cluster: a registry, a source of data. */
export interface NetworkTarget {
  /** DNS label; the policy is called `target-<name>`. */
  readonly name: string;
  /** Network in CIDR notation, IPv4 or IPv6: `10.20.0.0/24`, `10.20.0.5/32`. */
  readonly cidr: string;
  /** TCP ports, 1 to 65535, one at least. */
  readonly ports: readonly number[];
}
