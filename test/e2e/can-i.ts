import assert from 'node:assert/strict';
import type { Kubectl } from '../helpers/kubectl';

export interface AccessQuestion {
  readonly verb: string;
  /** `pods`, `pods/exec`, `jobs.batch.volcano.sh`. */
  readonly what: string;
  /** Who asks, as flags of kubectl: `--as`, `--as-group`. */
  readonly identity: readonly string[];
  /** @default - all namespaces */
  readonly namespace?: string;
}

/** Asks the API server by `kubectl auth can-i`. @throws AssertionError where it gives no answer */
export async function canI(kubectl: Kubectl, question: AccessQuestion): Promise<boolean> {
  const { verb, what, identity, namespace } = question;
  const [resource = '', subresource] = what.split('/');
  const sub = subresource ? [`--subresource=${subresource}`] : [];
  const where = namespace ? ['--namespace', namespace] : ['--all-namespaces'];
  const args = ['auth', 'can-i', verb, resource, ...sub, ...where, ...identity];
  const { stdout, stderr } = await kubectl.run(args);
  if (stderr.includes("doesn't have a resource type")) return review(kubectl, question);
  const answer = stdout.trim();
  assert(answer === 'yes' || answer === 'no', `kubectl ${args.join(' ')}: ${stderr.trim()}`);
  return answer === 'yes';
}

/** What `auth can-i` asks, for a kind whose CRD is not there: kubectl would ask without its group. */
async function review(kubectl: Kubectl, { verb, what, identity, namespace }: AccessQuestion) {
  const [resource, ...group] = what.split('.');
  const object = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { verb, resource, group: group.join('.'), namespace } },
  };
  // Unchecked: only an administrator may read the schemas that kubectl checks against.
  const args = ['create', '--validate=false', ...identity, '-o', 'json', '-f', '-'];
  const answer = JSON.parse(await kubectl.must(args, JSON.stringify(object)));
  return (answer as { status: { allowed: boolean } }).status.allowed;
}
