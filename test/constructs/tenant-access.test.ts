import { TenantNamespace, type TenantNamespaceProps } from '../../constructs';
import { smallCluster } from '../helpers/cluster';
import { Template, testStack } from '../helpers/template';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** Roles, bindings and accounts: each kind has some of the fields. */
interface AccessObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly rules: readonly Rule[];
  readonly roleRef: { readonly name: string };
  readonly subjects: readonly { readonly kind: string; readonly name: string }[];
}

function objects(props: Partial<TenantNamespaceProps> = {}): AccessObject[] {
  const stack = testStack();
  new TenantNamespace(stack, 'nankai', {
    cluster: smallCluster(stack),
    tenantName: 'nankai',
    guarantee: 8,
    ...props,
  });
  return Template.of(stack).below('nankai').objects();
}

let made: ReturnType<typeof objects>;
beforeAll(() => {
  made = objects();
});

function rules(role: string): readonly Rule[] {
  const found = made.find(({ kind, metadata }) => kind === 'Role' && metadata.name === role);
  if (!found) throw new Error(`no role ${role}`);
  return found.rules;
}

/** Whether a role has a verb on a resource, under any name. */
function may(role: string, verb: string, resource: string): boolean {
  return rules(role).some((r) => r.resources.includes(resource) && r.verbs.includes(verb));
}

const ROLES = ['viewer', 'developer', 'owner'];

test('roles are bound to the groups that are named, and to no users', () => {
  const groups = { viewer: ['nankai-staff'], owner: ['nankai-it', 'centre-support'] };
  const bindings = objects({ groups }).filter(({ kind }) => kind === 'RoleBinding');
  const subjects = bindings.map(({ metadata, roleRef, subjects }) => [
    metadata.name,
    roleRef.name,
    subjects.map((s) => `${s.kind} ${s.name}`),
  ]);
  expect(subjects).toEqual([
    ['ci', 'developer', ['ServiceAccount ci']],
    ['owner', 'owner', ['Group nankai-it', 'Group centre-support']],
    ['viewer', 'viewer', ['Group nankai-staff']],
  ]);
});

test.each(ROLES)('%s cannot change what limits the tenant, nor take more than it has', (role) => {
  const change = ['create', 'update', 'patch', 'delete', 'deletecollection', '*'];
  const limits = [
    ...['resourcequotas', 'limitranges', 'networkpolicies', 'namespaces', 'roles'],
    ...['endpoints', 'endpointslices', 'serviceaccounts', 'daemonsets', '*'],
  ];
  for (const resource of limits) {
    for (const verb of change) expect([resource, verb, may(role, verb, resource)]).toContain(false);
  }
  const verbs = rules(role).flatMap((r) => r.verbs);
  for (const verb of ['bind', 'escalate', 'impersonate', 'approve', 'sign', '*']) {
    expect(verbs).not.toContain(verb);
  }
});

test('each role has all of the one before, so that the API server lets an owner give it', () => {
  for (const [less, more] of [
    ['viewer', 'developer'],
    ['developer', 'owner'],
  ] as const) {
    for (const { resources, verbs } of rules(less)) {
      for (const resource of resources) {
        for (const verb of verbs)
          expect([resource, verb, may(more, verb, resource)]).toContain(true);
      }
    }
  }
});

test('Secrets are for developers, bindings and the token of ci for owners', () => {
  expect(ROLES.map((role) => may(role, 'get', 'secrets'))).toEqual([false, true, true]);
  expect(ROLES.map((role) => may(role, 'create', 'pods/exec'))).toEqual([false, true, true]);
  expect(ROLES.map((role) => may(role, 'create', 'rolebindings'))).toEqual([false, false, true]);
  const tokens = rules('owner').filter((r) => r.resources.includes('serviceaccounts/token'));
  expect(tokens).toEqual([
    {
      apiGroups: [''],
      resources: ['serviceaccounts/token'],
      verbs: ['create'],
      resourceNames: ['ci'],
    },
  ]);
});

test('no account puts a token into its pods, and images are pulled with the named Secret', () => {
  const accounts = objects({ imagePullSecret: 'registry' }).filter(
    ({ kind }) => kind === 'ServiceAccount',
  );
  expect(accounts.map(({ metadata }) => metadata.name).sort()).toEqual([
    'ci',
    'default',
    'workload',
  ]);
  for (const account of accounts) {
    expect(account).toMatchObject({
      automountServiceAccountToken: false,
      imagePullSecrets: [{ name: 'registry' }],
    });
  }
});

test('a retired tenant has no roles', () => {
  const kinds = objects({ state: 'retired', groups: { viewer: ['a'] } }).map(({ kind }) => kind);
  expect(kinds).not.toContain('Role');
  expect(kinds).not.toContain('RoleBinding');
});
