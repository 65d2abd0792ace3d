import assert from 'node:assert/strict';
import { waitFor } from '../../cli/live/wait-for';
import { ADMISSION_POLICIES, POLICY_LABEL } from '../../constructs';
import type { Kubectl } from '../helpers/kubectl';

interface Named {
  readonly name: string;
  readonly expression: string;
}

interface Policy {
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly spec: {
    readonly matchConstraints: object;
    readonly matchConditions?: readonly Named[];
    readonly variables: readonly Named[];
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly typeChecking?: { readonly expressionWarnings?: readonly object[] };
  };
}

/** Label of the policies that are made for the check; without a binding they do nothing. */
const PROBE = 'admission-types';

/** The API server checks the types of every expression, and finds nothing. */
export async function checkTypes(kubectl: Kubectl, log: (line: string) => void): Promise<void> {
  const policies = await typed(kubectl, POLICY_LABEL);
  const items = policies.map(probe);
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  try {
    await kubectl.must(['create', '-f', '-'], list);
    for (const { metadata, status } of [...policies, ...(await typed(kubectl, PROBE))]) {
      assert.deepEqual(status?.typeChecking?.expressionWarnings ?? [], [], metadata.name);
    }
  } finally {
    await kubectl.must(['delete', '--ignore-not-found', '-f', '-'], list);
  }
  const expressions = items.flatMap(({ spec }) => spec.validations).length;
  log(`${policies.length} admission policies, ${expressions} expressions: no type is wrong`);
}

/**
 * The API server checks validations only (k8s.io/apiserver v0.34.4
 * `validating/typechecking.go`); so variables and match conditions become validations.
 */
function probe({ metadata, spec }: Policy) {
  const { matchConstraints, matchConditions = [], variables } = spec;
  const validations = [...matchConditions, ...variables].map(({ expression }) => ({
    expression: `[${expression}].size() == 1`,
  }));
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: `types-${metadata.name}`, labels: { [PROBE]: 'probe' } },
    spec: { matchConstraints, variables, validations },
  };
}

function typed(kubectl: Kubectl, label: string): Promise<Policy[]> {
  return waitFor(
    'the types of the admission policies are checked',
    30,
    () => kubectl.items<Policy>(['validatingadmissionpolicy', '--selector', label]),
    (all) =>
      all.length === ADMISSION_POLICIES.length &&
      all.every(({ metadata, status }) => status?.observedGeneration === metadata.generation),
  );
}
