/** Verbs on resources of an API group, as a Role has them. */
export interface RoleRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** @default - all names */
  readonly resourceNames?: readonly string[];
}

/** Roles of a tenant, each with all that the one before it has. */
export const TENANT_ROLES = ['viewer', 'developer', 'owner'] as const;
export type TenantRole = (typeof TENANT_ROLES)[number];

/** Account that pipelines of the tenant use; it has the role `developer`. */
export const CI_ACCOUNT = 'ci';

/** Account for pods that call the API server for nothing. */
export const WORKLOAD_ACCOUNT = 'workload';

const READ = ['get', 'list', 'watch'];
// Without `deletecollection`: one slip must not empty a namespace.
const CHANGE = ['create', 'update', 'patch', 'delete'];

function rule(apiGroup: string, resources: readonly string[], verbs: readonly string[]): RoleRule {
  return { apiGroups: [apiGroup], resources, verbs };
}

/** What runs and what it needs; Secrets and rights are apart. */
const WORKLOADS: readonly (readonly [apiGroup: string, resources: readonly string[]])[] = [
  ['', ['pods', 'services', 'configmaps', 'persistentvolumeclaims', 'replicationcontrollers']],
  ['apps', ['deployments', 'statefulsets', 'daemonsets', 'replicasets', 'controllerrevisions']],
  ['batch', ['jobs', 'cronjobs']],
  ['autoscaling', ['horizontalpodautoscalers']],
  ['policy', ['poddisruptionbudgets']],
  ['batch.volcano.sh', ['jobs']],
  ['scheduling.volcano.sh', ['podgroups']],
  ['leaderworkerset.x-k8s.io', ['leaderworkersets']],
];

/** What a tenant may see of its own limits, and only see. */
const LIMITS: readonly RoleRule[] = [
  rule('', ['resourcequotas', 'limitranges', 'events', 'endpoints', 'serviceaccounts'], READ),
  rule('events.k8s.io', ['events'], READ),
  rule('discovery.k8s.io', ['endpointslices'], READ),
  rule('networking.k8s.io', ['networkpolicies'], READ),
  rule('rbac.authorization.k8s.io', ['roles', 'rolebindings'], READ),
];

const VIEWER: readonly RoleRule[] = [
  ...WORKLOADS.map(([group, resources]) => rule(group, resources, READ)),
  ...LIMITS,
  rule('', ['pods/log'], ['get']),
  // Its own namespace, whose labels and annotations say what holds in it.
  rule('', ['namespaces'], ['get']),
];

/**
 * DaemonSets are read only: they would take a place on every server; the others belong to their
 * controllers.
 */
const READ_ONLY_WORKLOADS = [
  'daemonsets',
  'controllerrevisions',
  'replicasets',
  'replicationcontrollers',
];

/**
 * A Secret of the type `kubernetes.io/service-account-token` gives a long-lived token of any account
 * of the namespace, and a pod may run as any of them: so no account has more than this role.
 *
 * Left out: writing endpoints and EndpointSlices, by which a Service leads to pods of others
 * (CVE-2021-25740); `services/status`, whose false address draws the traffic of others (CVE-2020-8554);
 * `pods/status`, which is the kubelet's; `pods/proxy` and `services/proxy`, which pass by the network
 * policies; events, ingresses (a host name of somebody else) and `commands.bus.volcano.sh`, by which
 * Volcano closes any queue.
 */
const DEVELOPER: readonly RoleRule[] = [
  ...VIEWER,
  ...WORKLOADS.map(([group, resources]) =>
    rule(
      group,
      resources.filter((name) => !READ_ONLY_WORKLOADS.includes(name)),
      CHANGE,
    ),
  ),
  rule('', ['secrets'], [...READ, ...CHANGE]),
  // `get`: the older way of these requests over WebSockets.
  rule('', ['pods/exec', 'pods/portforward', 'pods/attach'], ['get', 'create']),
  rule('apps', ['deployments/scale', 'statefulsets/scale'], ['get', 'update', 'patch']),
];

/**
 * Gives its roles to others, and takes them away. The API server lets nobody give what they do not
 * hold: no verb `bind` and no `escalate` here. Roles themselves stay as they are, and bindings that
 * Terraform made can be deleted, but not changed: the next deploy puts them back.
 */
const OWNER: readonly RoleRule[] = [
  ...DEVELOPER,
  rule('rbac.authorization.k8s.io', ['rolebindings'], ['create', 'delete']),
  {
    apiGroups: [''],
    resources: ['serviceaccounts/token'],
    verbs: ['create'],
    resourceNames: [CI_ACCOUNT],
  },
];

export const ROLE_RULES: Readonly<Record<TenantRole, readonly RoleRule[]>> = {
  viewer: VIEWER,
  developer: DEVELOPER,
  owner: OWNER,
};
