import type { ReplacementFacts } from '../../core/localization-report';
import { textTable } from '../text-table';

/** A host that the DNS of the site leads to the gateway of a cluster. */
export interface Hostname {
  readonly hostname: string;
  readonly alias: string;
  readonly phase: string;
  readonly cluster: string;
  /** `api-keys`, or `not enforced`: whoever reaches the gateway may call. */
  readonly access: 'api-keys' | 'not enforced';
  readonly callers: ReplacementFacts['access']['callers'];
}

export function hostnames(replacements: readonly ReplacementFacts[]): Hostname[] {
  return replacements.map(({ hostname, alias, phase, cluster, access }) => ({
    hostname,
    alias,
    phase,
    cluster,
    access: access.enforced ? 'api-keys' : 'not enforced',
    callers: access.callers,
  }));
}

export function hostnamesText(hosts: readonly Hostname[]): string {
  return textTable(
    ['hostname', 'cluster', 'access', 'callers'],
    hosts.map((host) => [host.hostname, host.cluster, host.access, callersText(host)]),
  );
}

export function callersText({ callers }: Pick<Hostname, 'callers'>): string {
  return callers === 'all' ? 'all tenants' : callers.join(', ');
}
