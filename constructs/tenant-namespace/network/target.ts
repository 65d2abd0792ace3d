import type { DnsLabel, Port } from '../../../core/schema/types';

/** An endpoint outside the cluster: a registry, a source of data. @title target */
export interface NetworkTarget {
  /** DNS label; the policy is called `target-<name>`. */
  readonly name: DnsLabel;
  /** Network in CIDR notation, IPv4 or IPv6: `10.20.0.0/24`, `10.20.0.5/32`. */
  readonly cidr: string;
  /** TCP ports. @minItems 1 */
  readonly ports: readonly Port[];
}
