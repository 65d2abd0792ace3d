/** `verb resource[/subresource]` for each role that may; nobody else may. */
const YES: Readonly<Record<string, readonly string[]>> = {
  viewer: [
    ...['get pods', 'list pods', 'watch pods', 'get pods/log'],
    ...[
      'list deployments.apps',
      'list statefulsets.apps',
      'list daemonsets.apps',
      'list jobs.batch',
    ],
    ...['list services', 'list configmaps', 'list persistentvolumeclaims', 'list events'],
    ...['get resourcequotas', 'get limitranges', 'list networkpolicies.networking.k8s.io'],
    ...['list roles.rbac.authorization.k8s.io', 'list rolebindings.rbac.authorization.k8s.io'],
    ...['list podgroups.scheduling.volcano.sh', 'list jobs.batch.volcano.sh', 'get namespaces'],
  ],
  developer: [
    ...['create pods', 'delete pods', 'create pods/exec', 'create pods/portforward'],
    ...['create deployments.apps', 'patch statefulsets.apps', 'create jobs.batch'],
    ...['create services', 'update configmaps', 'create persistentvolumeclaims'],
    ...['get secrets', 'create secrets', 'create jobs.batch.volcano.sh'],
    ...['create podgroups.scheduling.volcano.sh', 'patch deployments.apps/scale'],
    ...['create horizontalpodautoscalers.autoscaling', 'delete poddisruptionbudgets.policy'],
  ],
  owner: [
    'create rolebindings.rbac.authorization.k8s.io',
    'delete rolebindings.rbac.authorization.k8s.io',
  ],
};

/** What no role may do in any namespace. */
const NEVER = [
  ...['update rolebindings.rbac.authorization.k8s.io', 'update pods/status', 'get services/proxy'],
  ...['deletecollection pods'],
  ...['update resourcequotas', 'delete resourcequotas', 'patch limitranges', 'delete limitranges'],
  ...['patch networkpolicies.networking.k8s.io', 'create networkpolicies.networking.k8s.io'],
  ...['patch namespaces', 'update namespaces', 'delete namespaces'],
  ...['create roles.rbac.authorization.k8s.io', 'patch roles.rbac.authorization.k8s.io'],
  ...['escalate roles.rbac.authorization.k8s.io', 'bind roles.rbac.authorization.k8s.io'],
  ...['create serviceaccounts', 'patch serviceaccounts', 'create serviceaccounts/token'],
  ...['impersonate serviceaccounts', 'create daemonsets.apps', 'update endpoints'],
  ...['patch endpointslices.discovery.k8s.io', 'create ingresses.networking.k8s.io'],
  ...['create queues.scheduling.volcano.sh', 'patch nodes', 'list nodes'],
];

export const ROLES = ['viewer', 'developer', 'owner'] as const;
export type Role = (typeof ROLES)[number];

export interface Question {
  readonly role: Role;
  readonly request: string;
  readonly expected: boolean;
}

/** Every pair of verb and resource for each role. */
export function roleTable(): Question[] {
  const requests = [...Object.values(YES).flat(), ...NEVER];
  return ROLES.flatMap((role, level) => {
    const own = new Set(ROLES.slice(0, level + 1).flatMap((name) => YES[name] ?? []));
    return requests.map((request) => ({ role, request, expected: own.has(request) }));
  });
}
