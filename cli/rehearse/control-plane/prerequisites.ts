import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type DeclaredPhase, foreignNamespaces } from '../../declared/phase';
import type { LiveCluster } from '../../live/cluster';
import { waitFor } from '../../live/wait-for';
import type { KubernetesObject } from '../../manifests/render';
import { CUSTOM_KINDS, type CustomKind } from './custom-kinds';
import { moduleFolder } from './go-module';

const FIELD_MANAGER = 'aicc-rehearse';

export interface Prerequisites {
  /** Everything that is not there yet. */
  readonly objects: readonly KubernetesObject[];
  /** Kinds that will have no schema, because their CRDs are not at hand. */
  readonly withoutSchema: readonly string[];
}

/**
 * What a site has before a phase, as far as the API server is concerned: custom kinds, and the
 * namespaces that are used and not made by the phase. What is there is left as it is.
 *
 * @param crds folder with CRDs of upstream releases, `<group>_<plural>.yaml`
 */
export async function missingPrerequisites(
  cluster: LiveCluster,
  phase: DeclaredPhase,
  crds?: string,
): Promise<Prerequisites> {
  const served = await Promise.all(
    CUSTOM_KINDS.map(({ group, version, kind }) => cluster.resource(`${group}/${version}`, kind)),
  );
  const definitions = await Promise.all(
    CUSTOM_KINDS.filter((_, index) => !served[index]).map((kind) => definitionOf(kind, crds)),
  );
  const namespaces = foreignNamespaces(phase).map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  }));
  const there = await Promise.all(namespaces.map((namespace) => cluster.get(namespace)));
  return {
    objects: [
      ...definitions.map(({ object }) => object),
      ...namespaces.filter((_, index) => !there[index]),
    ],
    withoutSchema: definitions.filter(({ schema }) => !schema).map(({ kind }) => kind),
  };
}

/** Makes what is missing and waits until its kinds are served. */
export async function installPrerequisites(
  cluster: LiveCluster,
  { objects }: Prerequisites,
): Promise<void> {
  await Promise.all(objects.map((object) => cluster.apply(object, FIELD_MANAGER)));
  await waitFor(
    'custom kinds served',
    60,
    async () => {
      const served = await Promise.all(
        CUSTOM_KINDS.map(({ group, version, kind }) =>
          cluster.resource(`${group}/${version}`, kind),
        ),
      );
      return CUSTOM_KINDS.filter((_, index) => !served[index]).map(({ kind }) => kind);
    },
    (waiting) => waiting.length === 0,
  );
}

/** One line about kinds without a schema. @returns undefined where all have one */
export function sayWithoutSchema({ withoutSchema }: Prerequisites): string | undefined {
  return withoutSchema.length === 0
    ? undefined
    : `CRDs of ${withoutSchema.join(', ')} are not at hand: these kinds are there without a schema`;
}

async function definitionOf(kind: CustomKind, crds: string | undefined) {
  const own = join(crds ?? '', `${kind.group}_${kind.plural}.yaml`);
  const file = crds !== undefined && existsSync(own) ? own : await moduleFile(kind);
  const object = file ? parse(readFileSync(file, 'utf8')) : schemalessCrd(kind);
  return { kind: kind.kind, schema: file !== undefined, object: object as KubernetesObject };
}

async function moduleFile({ module }: CustomKind): Promise<string | undefined> {
  return module && join(await moduleFolder(module.folder, module.path), module.file);
}

/** CRD of a kind that takes any object. */
export function schemalessCrd({
  group,
  version,
  kind,
  plural,
  namespaced,
}: CustomKind): KubernetesObject {
  const schema = {
    openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // The API server asks for it in groups of Kubernetes' own, and takes any reason.
      annotations: { 'api-approved.kubernetes.io': 'unapproved, without a schema' },
    } as KubernetesObject['metadata'],
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase() },
      scope: namespaced ? 'Namespaced' : 'Cluster',
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  };
}
