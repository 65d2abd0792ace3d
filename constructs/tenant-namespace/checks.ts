import { LABEL_PREFIX } from '../names';
import {
  duplicates,
  validateCount,
  validateDnsLabel,
  validateDnsSubdomain,
  validateLabels,
} from '../validate';
import { validateGroups } from './access';
import { validateAmount } from './amounts';
import { validateState, validateTerm } from './lifecycle';
import { validatePeers, validateTargets } from './network';
import { TENANT_PRIORITIES } from './priorities';
import type { TenantNamespace, TenantNamespaceProps } from './tenant-namespace';

/** Everything that is wrong with the props of a tenant. */
export function validateTenant(tenant: TenantNamespace, props: TenantNamespaceProps): string[] {
  const { cluster, namespace, resourceName, imagePrefixes, priorityClasses } = tenant;
  return [
    ...validateDnsLabel('tenantName', namespace),
    ...validateReserved(namespace),
    ...(cluster.hasTenant(namespace)
      ? [
          `names of tenants must be unique on a cluster; rename one, got: '${namespace}' twice on ${cluster.clusterName}`,
        ]
      : []),
    ...validateAmount('guarantee', props.guarantee),
    ...(props.ceiling === undefined ? [] : validateAmount('ceiling', props.ceiling)),
    ...(cluster.poolOf(resourceName)
      ? []
      : [
          `resourceName must be one of cluster ${cluster.clusterName}: ${cluster.resourceNames().join(', ')}; change it, got: '${resourceName}'`,
        ]),
    ...validateCount('queueWeight', props.queueWeight ?? 1, 1, 65_535),
    ...validateShares(props),
    ...validateSome('imagePrefixes', imagePrefixes),
    ...(imagePrefixes?.flatMap(validateImagePrefix) ?? []),
    ...validateSome('priorityClasses', priorityClasses),
    ...priorityClasses.flatMap((name) => validatePriorityClass('priorityClasses', name)),
    ...duplicates(priorityClasses).map(
      (name) => `priorityClasses names a class twice; remove one, got: '${name}'`,
    ),
    ...validatePodSecurity(tenant, props),
    ...validateGroups(props.groups ?? {}),
    ...validatePeers(namespace, props.peers ?? []),
    ...validateTargets(props.targets ?? []),
    ...(props.imagePullSecret === undefined
      ? []
      : validateDnsSubdomain('imagePullSecret', props.imagePullSecret)),
    ...validateState(tenant.state),
    ...validateTerm(props),
    ...Object.keys(props.labels ?? {})
      .filter((key) => RESERVED_LABELS.some((reserved) => key.startsWith(reserved)))
      .map(
        (key) =>
          `labels: ${key} is set by this construct or opens doors; leave it out, got: '${key}'`,
      ),
    ...validateLabels('labels', {
      ...props.labels,
      ...(props.costCentre === undefined ? {} : { 'cost-centre': props.costCentre }),
    }),
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

function validateReserved(name: string): string[] {
  return name === 'default' || name.startsWith('kube-')
    ? [`tenantName must not be 'default' nor begin with 'kube-'; rename it, got: '${name}'`]
    : [];
}

function validateShares(props: TenantNamespaceProps): string[] {
  const { totalGib, ephemeralGib, byClassGib = {} } = props.storage ?? {};
  const given = (what: string, value: number | undefined, minimum = 0) =>
    value === undefined ? [] : validateCount(what, value, minimum);
  return [
    ...given('cpus', props.cpus),
    ...given('memoryGib', props.memoryGib),
    ...given('storage.totalGib', totalGib),
    ...given('storage.ephemeralGib', ephemeralGib),
    ...Object.entries(byClassGib).flatMap(([name, gib]) => [
      ...validateDnsSubdomain('StorageClass of storage.byClassGib', name),
      ...validateCount(`storage.byClassGib of ${name}`, gib, 0),
    ]),
    ...Object.entries(props.objects ?? {}).flatMap(([name, count]) =>
      given(`objects.${name}`, count),
    ),
    ...Object.entries(props.priorityShares ?? {}).flatMap(([name, share]) => [
      ...validatePriorityClass('priorityShares', name),
      ...(Object.keys(share).length > 0
        ? []
        : [
            `priorityShares of ${name} must limit something; add pods, cpus, memoryGib or npus, got: none`,
          ]),
      ...Object.entries(share).flatMap(([what, count]) =>
        given(`priorityShares of ${name}: ${what}`, count),
      ),
    ]),
  ];
}

function validateSome(what: string, values: readonly string[] | undefined): string[] {
  return values?.length === 0
    ? [`${what} must hold one entry at least, or no pod is admitted; add one, got: none`]
    : [];
}

/** Host, optional port, and whole parts of a path. */
const IMAGE_PREFIX = /^[a-z0-9][-a-z0-9.]*(:\d+)?\/([-a-z0-9._]+\/)*$/;

function validateImagePrefix(prefix: string): string[] {
  return IMAGE_PREFIX.test(prefix)
    ? []
    : [
        `imagePrefixes must be a registry with whole parts of a path, each ending with '/' (registry.example/, quay.io/ascend/); correct it, got: '${prefix}'`,
      ];
}

function validatePriorityClass(what: string, name: string): string[] {
  return TENANT_PRIORITIES.includes(name)
    ? []
    : [`${what} must be of ${TENANT_PRIORITIES.join(', ')}; change it, got: '${name}'`];
}

/** Pods of a privileged namespace are root on their servers: for the centre's own, and with a reason. */
function validatePodSecurity(tenant: TenantNamespace, props: TenantNamespaceProps): string[] {
  const levels = ['restricted', 'baseline', 'privileged'];
  if (!levels.includes(tenant.podSecurity)) {
    return [
      `podSecurity must be one of ${levels.join(', ')}; change it, got: '${tenant.podSecurity}'`,
    ];
  }
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
