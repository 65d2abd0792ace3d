import assert from 'node:assert/strict';
import type { Kubectl } from '../helpers/kubectl';
import { canI } from './can-i';

/** `verb resource`, in all namespaces. */
type Question = readonly [verb: string, resource: string];

interface Account {
  readonly namespace: string;
  readonly name: string;
  /** What the component cannot work without. */
  readonly may: readonly Question[];
  /** What upstream gives it, or what is near to what it has, and what it does not ask for. */
  readonly mustNot: readonly Question[];
}

/** Ascend/mind-cluster 26.1: what the code of each component asks the API server for. */
const ACCOUNTS: readonly Account[] = [
  {
    namespace: 'kube-system',
    name: 'ascend-device-plugin-sa',
    may: [
      ['get', 'pods'],
      ['list', 'pods'],
      ['watch', 'pods'],
      ['patch', 'pods'],
      ['get', 'nodes'],
      ['patch', 'nodes'],
      ['patch', 'nodes/status'],
      ['update', 'nodes/status'],
      ['get', 'nodes/pods'],
      ['get', 'configmaps'],
      ['create', 'configmaps'],
      ['update', 'configmaps'],
      ['watch', 'configmaps'],
      ['create', 'events'],
    ],
    mustNot: [
      ['update', 'pods'],
      ['get', 'nodes/status'],
      ['delete', 'configmaps'],
      ['update', 'nodes'],
    ],
  },
  {
    namespace: 'mindx-dl',
    name: 'noded',
    may: [
      ['get', 'configmaps'],
      ['create', 'configmaps'],
      ['update', 'configmaps'],
      ['watch', 'configmaps'],
      ['delete', 'configmaps'],
      ['get', 'nodes'],
      ['patch', 'nodes'],
      ['list', 'pods'],
      ['watch', 'pods'],
      ['patch', 'pods'],
      ['get', 'daemonsets.apps'],
    ],
    mustNot: [
      ['get', 'pods'],
      ['update', 'pods'],
      ['list', 'nodes'],
      ['patch', 'nodes/status'],
    ],
  },
  {
    namespace: 'mindx-dl',
    name: 'clusterd',
    may: [
      ['list', 'pods'],
      ['watch', 'pods'],
      ['patch', 'pods'],
      ['get', 'nodes'],
      ['watch', 'nodes'],
      ['patch', 'nodes'],
      ['create', 'configmaps'],
      ['patch', 'configmaps'],
      ['delete', 'configmaps'],
      ['get', 'podgroups.scheduling.volcano.sh'],
      ['watch', 'podgroups.scheduling.volcano.sh'],
      ['patch', 'podgroups.scheduling.volcano.sh'],
      ['watch', 'jobs.batch.volcano.sh'],
      ['watch', 'ascendjobs.mindxdl.gitee.com'],
      ['list', 'events'],
    ],
    mustNot: [
      ['get', 'pods'],
      ['update', 'pods'],
      ['get', 'services'],
      ['patch', 'nodes/status'],
      ['update', 'podgroups.scheduling.volcano.sh'],
      ['list', 'podgroups.scheduling.incubator.k8s.io'],
      ['get', 'jobs.batch'],
      ['get', 'jobs.batch.volcano.sh'],
      ['update', 'jobs.batch.volcano.sh'],
      ['delete', 'jobs.batch.volcano.sh'],
      ['get', 'ascendjobs.mindxdl.gitee.com'],
      ['update', 'ascendjobs.mindxdl.gitee.com'],
    ],
  },
  // Has no token; if it were given one, it could do nothing.
  { namespace: 'npu-exporter', name: 'default', may: [], mustNot: [['get', 'pods']] },
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
  for (const { namespace, name, may: needs, mustNot } of ACCOUNTS) {
    const never = [...mustNot, ...NEVER];
    const user = `system:serviceaccount:${namespace}:${name}`;
    const may = ([verb, what]: Question) => canI(kubectl, { verb, what, identity: ['--as', user] });
    for (const question of needs) assert(await may(question), `${user} cannot ${question}`);
    for (const question of never) assert(!(await may(question)), `${user} can ${question}`);
    log(
      `${namespace}/${name}: may do ${needs.length} things that it needs, none of ${never.length} that it must not`,
    );
  }
}
