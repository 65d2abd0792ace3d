import { LABEL_PREFIX } from '../../core/names';
import { validateLabels } from '../../core/validate';
import type { NpuAmount } from './amounts';
import { validateTerm } from './lifecycle';
import { validatePeers, validateTargets } from './network';
import { TENANT_PRIORITIES } from './priorities';
import type { TenantNamespaceProps } from './props';
import type { ResolvedTenant } from './resolve';

/** Everything that is wrong with the props of a tenant beside their schema. */
export function validateTenant(tenant: ResolvedTenant, props: TenantNamespaceProps): string[] {
  const { cluster, namespace, resourceName, priorityClasses } = tenant;
  return [
    ...validateReserved(namespace, cluster.monitoringNamespace),
    ...(cluster.hasTenant(namespace)
      ? [
          `names of tenants must be unique on a cluster; rename one, got: '${namespace}' twice on ${cluster.clusterName}`,
        ]
      : []),
    ...validateOrder(tenant),
    ...(cluster.poolOf(resourceName)
      ? []
      : [
          `resourceName must be one of cluster ${cluster.clusterName}: ${cluster.resourceNames().join(', ')}; change it, got: '${resourceName}'`,
        ]),
    ...(tenant.state === 'retired'
      ? []
      : validateRounded('guarantee', props.guarantee, tenant.guarantee)),
    ...validateShares(props, priorityClasses),
    ...priorityClasses.flatMap((name) => validatePriorityClass('priorityClasses', name)),
    ...validatePodSecurity(tenant, props),
    ...validatePeers(namespace, props.peers ?? []),
    ...validateTargets(props.targets ?? []),
    ...validateTerm(props),
    ...Object.keys(props.labels ?? {})
      .filter((key) => RESERVED_LABELS.some((reserved) => key.startsWith(reserved)))
      .map(
        (key) =>
          `labels: ${key} is set by this construct or opens doors; leave it out, got: '${key}'`,
      ),
    ...validateLabels('labels', props.labels ?? {}),
  ];
}

/** Labels that say what holds in a namespace: who it is, what it may, and who may enter. */
const RESERVED_LABELS = [
  ...['tenant', 'state', 'protected', 'gateway', 'start', 'expiry', 'cost-centre'].map(
    (name) => `${LABEL_PREFIX}/${name}`,
  ),
  'pod-security.kubernetes.io/',
  'kubernetes.io/',
];

/** Namespaces of the cluster's own components, and Volcano's root queue: queues are called after tenants. */
const RESERVED_NAMES = [
  'default',
  'mindx-dl',
  'cluster-system',
  'npu-exporter',
  'volcano-system',
  'root',
];

function validateReserved(name: string, monitoring: string): string[] {
  return [...RESERVED_NAMES, monitoring].includes(name) || name.startsWith('kube-')
    ? [
        `tenantName must not begin with 'kube-' nor be one of ${[...RESERVED_NAMES, monitoring].join(', ')}; rename it, got: '${name}'`,
      ]
    : [];
}

/** Something that is meant to be something must not be rounded down to nothing. */
function validateRounded(what: string, amount: NpuAmount, npus: number): string[] {
  return typeof amount === 'object' && amount.petaflops > 0 && npus === 0
    ? [`${what} is less than one NPU; ask for more, got: ${amount.petaflops} petaflops`]
    : [];
}

/**
 * Volcano refuses a queue whose guarantee is above its capability (volcano-sh/volcano v1.13.0
 * `pkg/webhooks/admission/queues/validate/validate_queue.go`, `validateResourceOfQueue`), so that nobody
 * can acknowledge it.
 */
function validateOrder({ guarantee, ceiling }: ResolvedTenant): string[] {
  return guarantee > ceiling
    ? [
        `guarantee must be at most the ceiling, or Volcano refuses the queue; lower it or raise the ceiling, got: guarantee ${guarantee}, ceiling ${ceiling} NPUs`,
      ]
    : [];
}

function validateShares(props: TenantNamespaceProps, classes: readonly string[]): string[] {
  return Object.keys(props.priorityShares ?? {})
    .filter((name) => !classes.includes(name))
    .map(
      (name) =>
        `priorityShares must be of the tenant's priority classes ${classes.join(', ')}; change it, got: '${name}'`,
    );
}

function validatePriorityClass(what: string, name: string): string[] {
  return TENANT_PRIORITIES.includes(name)
    ? []
    : [`${what} must be of ${TENANT_PRIORITIES.join(', ')}; change it, got: '${name}'`];
}

/** Pods of a privileged namespace are root on their servers: for the centre's own, and with a reason. */
function validatePodSecurity(tenant: ResolvedTenant, props: TenantNamespaceProps): string[] {
  if (tenant.podSecurity !== 'privileged') return [];
  const { hostAccessNamespaces, clusterName } = tenant.cluster;
  return [
    ...(props.privilegedReason?.trim()
      ? []
      : ["podSecurity 'privileged' needs a privilegedReason; say why, got: none"]),
    ...(hostAccessNamespaces.includes(tenant.namespace)
      ? []
      : [
          `podSecurity 'privileged' is for namespaces that the centre operates; add ${tenant.namespace} to hostAccessNamespaces of cluster ${clusterName} or use 'baseline', got: ${hostAccessNamespaces.join(', ') || 'none'}`,
        ]),
  ];
}
