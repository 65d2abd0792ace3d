import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ADMISSION_POLICIES,
  AdmissionPolicies,
  type AdmissionPoliciesProps,
  PRIORITIES,
} from '../../constructs';
import { problemsOf } from '../helpers/cluster';
import { Template, testStack } from '../helpers/template';

interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Record<string, string> };
  readonly spec: {
    readonly failurePolicy?: string;
    readonly policyName?: string;
    readonly validationActions?: string[];
    readonly matchConditions?: { expression: string }[];
    readonly matchConstraints: { resourceRules: { operations: string[]; resources: string[] }[] };
    readonly variables: { name: string; expression: string }[];
    readonly validations: { expression: string; message: string; messageExpression: string }[];
    readonly matchResources: { namespaceSelector: { matchExpressions: unknown[] } };
  };
}

const NPU_COUNTS = { 'huawei.com/Ascend910': [1, 2, 4, 8] };

function render(props: Partial<AdmissionPoliciesProps> = {}): Rendered[] {
  const stack = testStack();
  new AdmissionPolicies(stack, 'admission', { npuCounts: NPU_COUNTS, ...props });
  return Template.of(stack).objects();
}

function policyOf(id: string, objects = render()): Rendered {
  const found = objects.find(
    ({ kind, metadata }) =>
      kind === 'ValidatingAdmissionPolicy' && metadata.labels['aicc.internal/policy'] === id,
  );
  if (!found) throw new Error(`no policy ${id}`);
  return found;
}

function bindings(objects = render()): Rendered[] {
  return objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding');
}

test('ids are numbered from 1 and names are unique', () => {
  expect(ADMISSION_POLICIES.map(({ id }) => id)).toEqual(
    ADMISSION_POLICIES.map((_, index) => `AICC-POL-${`${index + 1}`.padStart(3, '0')}`),
  );
  expect(new Set(ADMISSION_POLICIES.map(({ name }) => name)).size).toBe(ADMISSION_POLICIES.length);
});

test('a policy and a binding each, closed on failure, denying, for tenants and never kube-system', () => {
  const objects = render();
  expect(objects).toHaveLength(2 * ADMISSION_POLICIES.length);
  for (const { id, name } of ADMISSION_POLICIES) {
    expect(policyOf(id, objects)).toMatchObject({
      metadata: { name: `${name}.aicc.internal` },
      spec: { failurePolicy: 'Fail' },
    });
  }
  for (const { metadata, spec } of bindings(objects)) {
    expect(spec).toEqual({
      policyName: metadata.name,
      validationActions: ['Deny'],
      matchResources: {
        namespaceSelector: {
          matchExpressions: [
            { key: 'aicc.internal/tenant', operator: 'Exists' },
            { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] },
          ],
        },
      },
    });
  }
});

test('a binding waits for its policy', () => {
  const stack = testStack();
  new AdmissionPolicies(stack, 'admission', { npuCounts: NPU_COUNTS });
  const waiting = Template.of(stack)
    .resources('kubernetes_manifest')
    .filter((resource) => Array.isArray(resource.depends_on));
  expect(waiting).toHaveLength(ADMISSION_POLICIES.length);
});

test('every message begins with the id and, beside what was got, says the same in both fields', () => {
  for (const { id } of ADMISSION_POLICIES) {
    for (const { message, messageExpression } of policyOf(id).spec.validations) {
      expect(message).toMatch(new RegExp(`^${id}: [^;]+; [^.]+(\\.[^.]+)*[^.]$`));
      expect(messageExpression).toContain(`${JSON.stringify(`${message}, got: `)} + `);
    }
  }
});

test('what may change later is looked at later, what cannot change is not', () => {
  const rules = (id: string) =>
    policyOf(id).spec.matchConstraints.resourceRules.flatMap(({ operations, resources }) =>
      operations.map((operation) => `${operation} ${resources.join()}`),
    );
  const volcano = ['CREATE podgroups', 'UPDATE podgroups', 'CREATE jobs', 'UPDATE jobs'];
  const images = ['CREATE pods', 'UPDATE pods', 'UPDATE pods/ephemeralcontainers'];
  expect(Object.fromEntries(ADMISSION_POLICIES.map(({ id }) => [id, rules(id)]))).toEqual({
    'AICC-POL-001': ['CREATE pods'],
    'AICC-POL-002': ['CREATE pods', 'UPDATE pods', ...volcano],
    'AICC-POL-003': images,
    'AICC-POL-004': ['CREATE pods', ...volcano],
    'AICC-POL-005': ['CREATE pods'],
    'AICC-POL-006': images,
    'AICC-POL-007': ['CREATE pods', 'UPDATE pods/ephemeralcontainers'],
    'AICC-POL-008': ['CREATE pods'],
    'AICC-POL-009': ['DELETE namespaces'],
    'AICC-POL-010': ['CREATE services', 'UPDATE services'],
    'AICC-POL-011': images,
    'AICC-POL-012': ['CREATE pods', 'UPDATE pods'],
  });
});

test('match conditions read nothing of the namespace: the API server does not give it to them', () => {
  for (const { id } of ADMISSION_POLICIES) {
    for (const { expression } of policyOf(id).spec.matchConditions ?? []) {
      expect(expression).not.toMatch(/namespaceObject|variables/);
    }
  }
});

test('counts are checked by resource name', () => {
  const npuCounts = { 'huawei.com/Ascend910': [2, 16], 'huawei.com/Ascend310P': [1] };
  const objects = render({ npuCounts });
  expect(policyOf('AICC-POL-005', objects).spec.validations.map(({ message }) => message)).toEqual([
    'AICC-POL-005: a pod asks for 2, 16 of huawei.com/Ascend910; change the limits of its containers',
    'AICC-POL-005: a pod asks for 1 of huawei.com/Ascend310P; change the limits of its containers',
  ]);
  expect(policyOf('AICC-POL-001', objects).spec.matchConditions?.[0]?.expression).toContain(
    '["huawei.com/Ascend910", "huawei.com/Ascend310P"]',
  );
});

test('named namespaces are spared by the policies about hosts alone; an action is by policy', () => {
  const all = bindings(
    render({ hostAccessNamespaces: ['pd-serving'], actions: { 'AICC-POL-003': 'Audit' } }),
  );
  const idsWhere = (holds: (spec: Rendered['spec']) => boolean) =>
    all
      .filter(({ spec }) => holds(spec))
      .map(({ metadata }) => metadata.labels['aicc.internal/policy']);
  expect(idsWhere((spec) => JSON.stringify(spec.matchResources).includes('"pd-serving"'))).toEqual([
    'AICC-POL-008',
    'AICC-POL-012',
  ]);
  expect(idsWhere((spec) => spec.validationActions?.join() === 'Audit')).toEqual(['AICC-POL-003']);
  expect(idsWhere((spec) => spec.validationActions?.join() === 'Deny')).toHaveLength(
    ADMISSION_POLICIES.length - 1,
  );
});

test('devices come from the annotation of any resource name of the cluster, and its taints are looked for', () => {
  const npuCounts = { 'huawei.com/Ascend910': [2, 16], 'huawei.com/Ascend310P': [1] };
  const objects = render({ npuCounts });
  const messages = policyOf('AICC-POL-011', objects).spec.validations.map((v) => v.message);
  expect(messages[1]).toBe(
    "AICC-POL-011: containers see the NPUs that Volcano has given; take ASCEND_VISIBLE_DEVICES from the field metadata.annotations['huawei.com/Ascend910'] or metadata.annotations['huawei.com/Ascend310P']",
  );
  const { matchConditions, variables } = policyOf('AICC-POL-012', objects).spec;
  for (const expression of [
    matchConditions?.[0]?.expression,
    variables.find(({ name }) => name === 'offenders1')?.expression,
  ]) {
    expect(expression).toContain('"huawei.com/Ascend910", "huawei.com/Ascend310P"]');
  }
});

test('the reserved class is one of the ladder', () => {
  expect(policyOf('AICC-POL-004').spec.variables).toContainEqual(
    expect.objectContaining({ expression: expect.stringContaining(`"${PRIORITIES[0]?.name}"`) }),
  );
});

test('fails with all problems at once', () => {
  const problems = problemsOf(() =>
    render({
      npuCounts: { 'huawei.com/Ascend910': [], 'huawei.com/Ascend310P': [0] },
      hostAccessNamespaces: ['Bad_Name'],
      actions: { 'AICC-POL-000': 'Deny', 'AICC-POL-001': 'Warn' as never },
    }),
  );
  expect(problems).toEqual([
    expect.stringMatching(/^test\/admission: npuCounts of huawei.com\/Ascend910 .* got: none$/),
    expect.stringMatching(/npuCounts of huawei.com\/Ascend310P must be a whole number.* got: 0$/),
    expect.stringMatching(/hostAccessNamespaces must be a DNS label.* got: 'Bad_Name'$/),
    expect.stringMatching(/actions of AICC-POL-001 must be one of Deny, Audit.* got: 'Warn'$/),
    expect.stringMatching(/unknown policy; use one of AICC-POL-001, .* got: 'AICC-POL-000'$/),
  ]);
  expect(problemsOf(() => render({ npuCounts: {} }))).toEqual([
    expect.stringMatching(/npuCounts must hold one entry at least; .* got: none$/),
  ]);
});

test('the table of the README is that of the registry, its messages are those of the policies', () => {
  const file = join(__dirname, '../../constructs/compute-cluster/admission/README.md');
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| AICC-POL-'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(rows.map(([, id, name, title]) => [id, name, title])).toEqual(
    ADMISSION_POLICIES.map(({ id, name, title }) => [id, `\`${name}\``, title]),
  );
  for (const [, id = '', , , message = ''] of rows) {
    const known = policyOf(id).spec.validations.map((validation) => validation.message);
    expect(known).toContain(message.replace(/, got: [^,]+$/, ''));
  }
});
