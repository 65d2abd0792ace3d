import assert from 'node:assert/strict';
import type { Kubectl } from '../../cli/rehearse/control-plane/kubectl';
import { canI } from './can-i';

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
      ['get', 'nodes/pods'],
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
  ['get', 'nodes/proxy'],
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
  for (const { namespace, name, may: needs } of ACCOUNTS) {
    const user = `system:serviceaccount:${namespace}:${name}`;
    const may = ([verb, what]: Question) => canI(kubectl, { verb, what, identity: ['--as', user] });
    for (const question of needs) assert(await may(question), `${user} cannot ${question}`);
    for (const question of NEVER) assert(!(await may(question)), `${user} can ${question}`);
    log(
      `${namespace}/${name}: may do ${needs.length} things that it needs, none of ${NEVER.length} that it must not`,
    );
  }
}
