import assert from 'node:assert/strict';
import type { Kubectl } from './control-plane/kubectl';

/** `verb resource`, in all namespaces. */
type Question = readonly [verb: string, resource: string];

interface Account {
  readonly namespace: string;
  readonly name: string;
  /** What the component cannot work without. */
  readonly may: readonly Question[];
}

/** Ascend/mind-cluster 26.1, the ClusterRoles in `build/*.yaml` of each component. */
const ACCOUNTS: readonly Account[] = [
  {
    namespace: 'kube-system',
    name: 'ascend-device-plugin-sa',
    may: [
      ['watch', 'pods'],
      ['patch', 'pods'],
      ['patch', 'nodes'],
      ['update', 'nodes/status'],
      ['get', 'nodes/proxy'],
      ['update', 'configmaps'],
      ['create', 'events'],
    ],
  },
  {
    namespace: 'mindx-dl',
    name: 'noded',
    may: [
      ['create', 'configmaps'],
      ['delete', 'configmaps'],
      ['patch', 'nodes'],
      ['watch', 'pods'],
      ['get', 'daemonsets.apps'],
    ],
  },
  {
    namespace: 'mindx-dl',
    name: 'clusterd',
    may: [
      ['update', 'pods'],
      ['watch', 'nodes'],
      ['patch', 'nodes/status'],
      ['delete', 'configmaps'],
      ['update', 'podgroups.scheduling.volcano.sh'],
      ['delete', 'jobs.batch.volcano.sh'],
      ['update', 'ascendjobs.mindxdl.gitee.com'],
      ['list', 'events'],
    ],
  },
  // Has no token; if it were given one, it could do nothing.
  { namespace: 'npu-exporter', name: 'default', may: [] },
];

/** What none of them may do: read secrets, start or end pods, run commands, change rights. */
const NEVER: readonly Question[] = [
  ['get', 'secrets'],
  ['list', 'secrets'],
  ['create', 'pods'],
  ['delete', 'pods'],
  ['create', 'pods/exec'],
  ['delete', 'nodes'],
  ['create', 'serviceaccounts/token'],
  ['patch', 'daemonsets.apps'],
  ['patch', 'clusterroles.rbac.authorization.k8s.io'],
  ['escalate', 'clusterroles.rbac.authorization.k8s.io'],
  ['create', 'clusterrolebindings.rbac.authorization.k8s.io'],
  ['impersonate', 'users'],
  ['patch', 'namespaces'],
  ['update', 'validatingadmissionpolicies.admissionregistration.k8s.io'],
];

/** Asks the API server what each component may do. */
export async function checkAccess(kubectl: Kubectl, log: (line: string) => void): Promise<void> {
  for (const { namespace, name, may } of ACCOUNTS) {
    const user = `system:serviceaccount:${namespace}:${name}`;
    for (const question of may)
      assert(await canI(kubectl, user, question), `${user} cannot ${question}`);
    for (const question of NEVER)
      assert(!(await canI(kubectl, user, question)), `${user} can ${question}`);
    log(
      `${namespace}/${name}: may do ${may.length} things that it needs, none of ${NEVER.length} that it must not`,
    );
  }
}

async function canI(kubectl: Kubectl, user: string, [verb, what]: Question): Promise<boolean> {
  const [resource = '', subresource] = what.split('/');
  const sub = subresource ? [`--subresource=${subresource}`] : [];
  const args = ['auth', 'can-i', verb, resource, ...sub, '--as', user, '--all-namespaces'];
  const { stdout, stderr } = await kubectl.run(args);
  if (stderr.includes("doesn't have a resource type")) return review(kubectl, user, verb, resource);
  const answer = stdout.trim();
  assert(answer === 'yes' || answer === 'no', `kubectl ${args.join(' ')}: ${stderr.trim()}`);
  return answer === 'yes';
}

/** What `auth can-i` asks, for a kind whose CRD is not there: kubectl would ask without its group. */
async function review(kubectl: Kubectl, user: string, verb: string, what: string) {
  const [resource, ...group] = what.split('.');
  const object = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { verb, resource, group: group.join('.') } },
  };
  // Unchecked: only an administrator may read the schemas that kubectl checks against.
  const args = ['create', '--validate=false', '--as', user, '-o', 'json', '-f', '-'];
  const answer = JSON.parse(await kubectl.must(args, JSON.stringify(object)));
  return (answer as { status: { allowed: boolean } }).status.allowed;
}
