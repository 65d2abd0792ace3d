import { LABEL_PREFIX } from '../../core/names';
import {
  duplicates,
  validateCount,
  validateDnsLabel,
  validateDnsSubdomain,
  validateLabels,
} from '../../core/validate';
import { validateGroups } from './access';
import { type NpuAmount, validateAmount } from './amounts';
import { validateState, validateTerm } from './lifecycle';
import { validatePeers, validateTargets } from './network';
import { TENANT_PRIORITIES } from './priorities';
import { OBJECTS } from './quota';
import type { TenantNamespace, TenantNamespaceProps } from './tenant-namespace';

/** Everything that is wrong with the props of a tenant. */
export function validateTenant(tenant: TenantNamespace, props: TenantNamespaceProps): string[] {
  const { cluster, namespace, resourceName, imagePrefixes, priorityClasses } = tenant;
  return [
    ...validateDnsLabel('tenantName', namespace),
    ...validateKeys('tenant', props, KNOWN_PROPS),
    ...validateReserved(namespace, cluster.monitoringNamespace),
    ...(cluster.hasTenant(namespace)
      ? [
          `names of tenants must be unique on a cluster; rename one, got: '${namespace}' twice on ${cluster.clusterName}`,
        ]
      : []),
    ...validateAmount('guarantee', props.guarantee),
    ...(props.ceiling === undefined ? [] : validateAmount('ceiling', props.ceiling)),
    ...validateOrder(tenant),
    ...(cluster.poolOf(resourceName)
      ? []
      : [
          `resourceName must be one of cluster ${cluster.clusterName}: ${cluster.resourceNames().join(', ')}; change it, got: '${resourceName}'`,
        ]),
    ...validateCount('queueWeight', props.queueWeight ?? 1, 1, 65_535),
    ...(tenant.state === 'retired'
      ? []
      : validateRounded('guarantee', props.guarantee, tenant.guarantee)),
    ...validateTexts(props),
    ...validateShares(props, priorityClasses),
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

/** Data is not always checked by a compiler: a misspelt key would be a promise that nobody keeps. */
function validateKeys(what: string, given: object, known: readonly string[]): string[] {
  return Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key) => `${what}: unknown key; use one of ${known.join(', ')}, got: '${key}'`);
}

const KNOWN_PROPS = [
  ...['cluster', 'tenantName', 'guarantee', 'ceiling', 'shrinkReason', 'resourceName'],
  ...['queueWeight', 'cpus', 'memoryGib', 'storage', 'objects', 'priorityClasses'],
  ...['priorityShares', 'imagePrefixes', 'podSecurity', 'privilegedReason', 'groups', 'peers'],
  ...['targets', 'imagePullSecret', 'state', 'protect', 'displayName', 'contact', 'costCentre'],
  ...['labels', 'start', 'expiry'],
];
const KNOWN_STORAGE = ['totalGib', 'ephemeralGib', 'byClassGib'];
const KNOWN_SHARES = ['pods', 'cpus', 'memoryGib', 'npus'];

/** Annotations may hold 256 KiB together; a name that people read is far shorter. */
const MAX_TEXT = 1000;

function validateTexts(props: TenantNamespaceProps): string[] {
  const { displayName, contact, privilegedReason } = props;
  return Object.entries({ displayName, contact, privilegedReason })
    .filter(([, text]) => text !== undefined && text.length > MAX_TEXT)
    .map(
      ([what, text]) =>
        `${what} must have at most ${MAX_TEXT} characters; shorten it, got: ${text?.length}`,
    );
}

/** Something that is meant to be something must not be rounded down to nothing. */
function validateRounded(what: string, amount: NpuAmount | undefined, npus: number): string[] {
  return typeof amount === 'object' && amount !== null && amount.petaflops > 0 && npus === 0
    ? [`${what} is less than one NPU; ask for more, got: ${amount.petaflops} petaflops`]
    : [];
}

/**
 * Volcano refuses a queue whose guarantee is above its capability (volcano-sh/volcano v1.13.0
 * `pkg/webhooks/admission/queues/validate/validate_queue.go`, `validateResourceOfQueue`), so that nobody
 * can acknowledge it.
 */
function validateOrder({ guarantee, ceiling }: TenantNamespace): string[] {
  return guarantee > ceiling
    ? [
        `guarantee must be at most the ceiling, or Volcano refuses the queue; lower it or raise the ceiling, got: guarantee ${guarantee}, ceiling ${ceiling} NPUs`,
      ]
    : [];
}

function validateShares(props: TenantNamespaceProps, classes: readonly string[]): string[] {
  const { totalGib, ephemeralGib, byClassGib = {} } = props.storage ?? {};
  const given = (what: string, value: number | undefined, minimum = 0) =>
    value === undefined ? [] : validateCount(what, value, minimum);
  return [
    ...given('cpus', props.cpus),
    ...given('memoryGib', props.memoryGib),
    ...validateKeys('storage', props.storage ?? {}, KNOWN_STORAGE),
    ...validateKeys('objects', props.objects ?? {}, Object.keys(OBJECTS)),
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
      ...(classes.includes(name)
        ? []
        : [
            `priorityShares must be of the tenant's priority classes ${classes.join(', ')}; change it, got: '${name}'`,
          ]),
      ...validateKeys(`priorityShares of ${name}`, share, KNOWN_SHARES),
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
