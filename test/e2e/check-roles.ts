import assert from 'node:assert/strict';
import type { Kubectl } from '../helpers/kubectl';
import { canI } from './can-i';
import { type Role, roleTable } from './role-table';

type Log = (line: string) => void;

/** Calls of kubectl that run at the same time. */
const AT_A_TIME = 6;

/** Group of a role in the test: the identity provider's part is played by impersonation. */
export function groupOf(tenant: string, role: Role): string {
  return `${tenant}-${role}`;
}

/** Groups by role, as a tenant's entry has them. */
export function groupsOf(tenant: string) {
  return {
    viewer: [groupOf(tenant, 'viewer')],
    developer: [groupOf(tenant, 'developer')],
    owner: [groupOf(tenant, 'owner')],
  };
}

/** Each role may do what its table says in its own namespace, and nothing in the other's. */
export async function checkRoles(
  kubectl: Kubectl,
  { own, other }: { readonly own: string; readonly other: string },
  log: Log,
): Promise<void> {
  const table = roleTable();
  const questions = [
    ...table.map((question) => ({ ...question, namespace: own })),
    ...table.map((question) => ({ ...question, namespace: other, expected: false })),
  ];
  const wrong: string[] = [];
  const todo = questions.values();
  const worker = async () => {
    for (const { role, request, namespace, expected } of todo) {
      const [verb = '', what = ''] = request.split(' ');
      const answer = await canI(kubectl, { verb, what, identity: as(own, role), namespace });
      if (answer !== expected) wrong.push(`${role} ${request} in ${namespace}: ${answer}`);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  assert.deepEqual(wrong, []);
  const pairs = table.length / 3;
  log(`${own}: ${pairs} verbs and resources for each of 3 roles as expected, none in ${other}`);
  await checkEscalation(kubectl, own, other, log);
}

function as(tenant: string, role: Role): string[] {
  return ['--as', 'someone', '--as-group', groupOf(tenant, role)];
}

interface Attempt {
  readonly what: string;
  readonly role: Role;
  readonly args: readonly string[];
  /** The refusal, or undefined where it is allowed. */
  readonly refused?: RegExp;
}

function attempts(own: string, other: string): Attempt[] {
  const inOwn = ['--namespace', own];
  const bind = (kind: string, role: string, group: string) => [
    ...['create', 'rolebinding', 'probe', `--${kind}=${role}`, `--group=${group}`],
    ...[...inOwn, '--dry-run=server'],
  ];
  const patch = (object: string[], changes: object) => [
    ...['patch', ...object, ...inOwn, '--type=merge', '--patch', JSON.stringify(changes)],
    '--dry-run=server',
  ];
  const forbidden = /forbidden/;
  const beyond = /attempting to grant RBAC permissions not currently held/;
  const me = groupOf(own, 'owner');
  const quota = { spec: { hard: { pods: '9999' } } };
  return [
    { what: 'binds developer to a colleague', role: 'owner', args: bind('role', 'developer', 'x') },
    { what: 'binds admin', role: 'owner', args: bind('clusterrole', 'admin', me), refused: beyond },
    { what: 'binds edit', role: 'owner', args: bind('clusterrole', 'edit', me), refused: beyond },
    {
      what: 'binds cluster-admin',
      role: 'owner',
      args: bind('clusterrole', 'cluster-admin', me),
      refused: beyond,
    },
    {
      what: 'binds developer',
      role: 'developer',
      args: bind('role', 'developer', 'x'),
      refused: forbidden,
    },
    {
      what: 'edits the quota',
      role: 'owner',
      args: patch(['resourcequota', 'tenant'], quota),
      refused: forbidden,
    },
    {
      what: 'deletes the limits',
      role: 'owner',
      args: ['delete', 'limitrange', 'defaults', ...inOwn, '--dry-run=server'],
      refused: forbidden,
    },
    {
      what: 'opens the network',
      role: 'owner',
      args: ['delete', 'networkpolicy', 'default-deny', ...inOwn, '--dry-run=server'],
      refused: forbidden,
    },
    {
      what: 'widens its role',
      role: 'owner',
      args: patch(['role', 'owner'], { rules: [] }),
      refused: forbidden,
    },
    {
      what: 'relabels the namespace',
      role: 'owner',
      args: ['label', 'namespace', own, 'a=b', '--dry-run=server'],
      refused: forbidden,
    },
    {
      what: 'annotates the namespace',
      role: 'owner',
      args: ['annotate', 'namespace', own, 'a=b', '--dry-run=server'],
      refused: forbidden,
    },
    {
      what: 'makes a token for ci',
      role: 'owner',
      args: ['create', 'token', 'ci', ...inOwn, '--duration=1h'],
    },
    {
      what: 'makes a token for another account',
      role: 'owner',
      args: ['create', 'token', 'workload', ...inOwn],
      refused: forbidden,
    },
    {
      what: 'makes a token for ci',
      role: 'developer',
      args: ['create', 'token', 'ci', ...inOwn],
      refused: forbidden,
    },
    {
      what: 'looks at Secrets',
      role: 'viewer',
      args: ['get', 'secrets', ...inOwn],
      refused: forbidden,
    },
    {
      what: "looks at the neighbour's pods",
      role: 'owner',
      args: ['get', 'pods', '--namespace', other],
      refused: forbidden,
    },
  ];
}

/** What a table cannot show: requests that are refused for what is in them. */
async function checkEscalation(kubectl: Kubectl, own: string, other: string, log: Log) {
  const wrong: string[] = [];
  const all = attempts(own, other);
  for (const { what, role, args, refused } of all) {
    const { code, stderr } = await kubectl.run([...args, ...as(own, role)]);
    const fine = refused ? code !== 0 && refused.test(stderr) : code === 0;
    if (!fine) wrong.push(`${role} ${what}: ${code === 0 ? 'done' : stderr.trim()}`);
  }
  assert.deepEqual(wrong, []);
  const refusals = all.filter(({ refused }) => refused).map(({ role, what }) => `${role} ${what}`);
  log(`${own}: refused: ${refusals.join('; ')}`);
}
