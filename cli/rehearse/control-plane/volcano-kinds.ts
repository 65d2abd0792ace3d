import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Kubectl } from './kubectl';

const KINDS = [
  { group: 'scheduling.volcano.sh', version: 'v1beta1', kind: 'Queue', plural: 'queues' },
  { group: 'scheduling.volcano.sh', version: 'v1beta1', kind: 'PodGroup', plural: 'podgroups' },
  { group: 'batch.volcano.sh', version: 'v1alpha1', kind: 'Job', plural: 'jobs' },
] as const;

/**
 * Installs the kinds of Volcano, which no package registry carries: its own CRDs where they are at
 * hand, and otherwise kinds of the same names without a schema.
 * @param folder CRDs of Volcano's release, `<group>_<plural>.yaml` each
 * @returns what was done, for the log
 */
export async function installVolcanoKinds(kubectl: Kubectl, folder: string): Promise<string> {
  const files = KINDS.map(({ group, plural }) => join(folder, `${group}_${plural}.yaml`));
  const own = files.every(existsSync);
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: KINDS.map(definition) });
  const from = own ? files.flatMap((file) => ['-f', file]) : ['-f', '-'];
  await kubectl.must(['apply', '--server-side', ...from], own ? undefined : list);
  await kubectl.must(
    ['wait', '--for=condition=Established', '--timeout=60s', ...from],
    own ? undefined : list,
  );
  return own
    ? 'CRDs of Volcano installed'
    : 'CRDs of Volcano are not at hand: its kinds are there without a schema';
}

function definition({ group, version, kind, plural }: (typeof KINDS)[number]) {
  const schema = {
    openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase() },
      scope: kind === 'Queue' ? 'Cluster' : 'Namespaced',
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  };
}
