import assert from 'node:assert/strict';
import type { KubernetesObject } from '../../cli/manifests/render';
import { evaluate, type Verdict } from './network/evaluate';
import { type Cast, GATEWAY, GATEWAY_LABELS, type Probe, probes, UNKNOWN } from './network/probes';

/**
 * Who reaches whom, by the NetworkPolicies among the objects: evaluated, since simulated nodes have
 * no network plugin that would enforce them.
 *
 * @param objects everything that is applied; namespaces of others are added
 * @throws AssertionError with every connection that is not as expected
 */
export async function checkNetwork(
  objects: readonly KubernetesObject[],
  cast: Cast,
  log: (line: string) => void,
): Promise<void> {
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  const table = probes(cast);
  const verdicts = await evaluate(
    { policies, namespaces: namespacesOf(objects, cast), probes: table.map(connection) },
    log,
  );
  assert.equal(verdicts.length, table.length, 'one verdict a probe');
  const wrong = table.flatMap((probe, index) => differs(probe, verdicts[index]));
  assert.equal(
    wrong.length,
    0,
    `${wrong.length} of ${table.length} connections are not as expected:\n${wrong.join('\n')}`,
  );
  const open = table.filter(({ allowed }) => allowed).length;
  log(
    `${policies.length} NetworkPolicies evaluated, none enforced: ${open} connections open and ${table.length - open} closed, as expected`,
  );
}

function connection({ from, to, port, protocol, portName }: Probe) {
  return { from, to, port, protocol, portName };
}

function differs({ name, allowed, port, protocol }: Probe, verdict?: Verdict): string[] {
  const got = verdict?.egress && verdict.ingress;
  return got === allowed
    ? []
    : [
        `  ${name} (${protocol} ${port}): expected ${allowed}, got: ${got} (out ${verdict?.egress}, in ${verdict?.ingress})`,
      ];
}

/** Labels of all namespaces; the API server sets `kubernetes.io/metadata.name` on each. */
function namespacesOf(objects: readonly KubernetesObject[], { monitoring }: Cast) {
  const labels = new Map<string, object>(['kube-system', monitoring, UNKNOWN].map((n) => [n, {}]));
  labels.set(GATEWAY, GATEWAY_LABELS);
  for (const { kind, metadata } of objects) {
    if (kind !== 'Namespace') continue;
    labels.set(metadata.name, (metadata as { labels?: object }).labels ?? {});
  }
  return Object.fromEntries(
    [...labels].map(([name, own]) => [name, { ...own, 'kubernetes.io/metadata.name': name }]),
  );
}
