import type { Kubectl } from './control-plane/kubectl';

const KINDS = [
  { group: 'scheduling.volcano.sh', version: 'v1beta1', kind: 'PodGroup', plural: 'podgroups' },
  { group: 'batch.volcano.sh', version: 'v1alpha1', kind: 'Job', plural: 'jobs' },
] as const;

/** Runs something with the kinds of Volcano; those that were not there are removed afterwards. */
export async function withVolcanoKinds(kubectl: Kubectl, run: () => Promise<void>): Promise<void> {
  const there = await kubectl.items<{ metadata: { name: string } }>(['customresourcedefinitions']);
  const names = new Set(there.map((item) => item.metadata.name));
  const missing = KINDS.map(definition).filter(({ metadata }) => !names.has(metadata.name));
  if (missing.length === 0) return run();
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: missing });
  try {
    await kubectl.must(['create', '-f', '-'], list);
    await kubectl.must(['wait', '--for=condition=Established', '-f', '-'], list);
    await run();
  } finally {
    await kubectl.must(['delete', '--ignore-not-found', '-f', '-'], list);
  }
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
      scope: 'Namespaced',
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  };
}
