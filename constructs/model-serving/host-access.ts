import { mistakes } from '../../core/validate';
import type { TenantNamespace } from '../tenant-namespace';

/**
 * Network and folders of hosts are for namespaces that the centre operates itself: the cluster names
 * them, and they enforce no Pod Security level, with a reason.
 * @param what needs it
 */
export function validateHostAccess(tenant: TenantNamespace, what: string): string[] {
  const { namespace, podSecurity, cluster } = tenant;
  const { hostAccessNamespaces, clusterName } = cluster;
  return mistakes(
    !hostAccessNamespaces.includes(namespace) &&
      `${what} needs the host; use a namespace of hostAccessNamespaces of cluster ${clusterName} (${hostAccessNamespaces.join(', ') || 'none'}), got: '${namespace}'`,
    podSecurity !== 'privileged' &&
      `${what} needs the host, which ${podSecurity} forbids; set podSecurity of tenant ${namespace} to 'privileged' with a privilegedReason, got: '${podSecurity}'`,
  );
}
