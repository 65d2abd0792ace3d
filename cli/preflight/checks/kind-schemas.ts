import type { Check } from '../../checks/check';
import type { Said } from '../../findings';
import { describeObject } from '../../kubernetes/describe';
import type { LiveCluster } from '../../live/cluster';
import type { KubernetesObject } from '../../manifests/render';
import type { PreflightSubject } from '../subject';

/** OpenAPI schema of a CRD, as far as it is read. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
}

interface Definition {
  readonly spec: {
    readonly versions: readonly {
      readonly name: string;
      readonly schema?: { readonly openAPIV3Schema?: Schema };
    }[];
  };
}

export const kindSchemas: Check<PreflightSubject> = {
  id: 'AICC-PRE-003',
  level: 'error',
  title: 'the CRDs know every field that the objects of the phase have',
  why:
    'The API server drops fields that a CRD does not know: the object is there and does ' +
    'something else.',
  remedy:
    'install the CRDs of the release that docs/hosts.md names: the API server drops fields that it does not know',
  async check({ phase, cluster }) {
    const schemas = new Map<string, Promise<Schema | undefined>>();
    const found = new Map<string, Said>();
    for (const { object, patchBy } of phase.objects) {
      if (patchBy !== undefined) continue;
      const key = `${object.apiVersion} ${object.kind}`;
      if (!schemas.has(key)) schemas.set(key, schemaOf(cluster, object));
      const schema = await schemas.get(key);
      if (!schema) continue;
      for (const field of unknownFields(object, schema, '')) {
        // Of many objects of a kind one is enough.
        found.set(`${key} ${field}`, {
          path: `CRD of ${object.kind}`,
          statement: `knows no field ${field}, which ${describeObject(object)} has`,
        });
      }
    }
    return [...found.values()];
  },
};

/** Schema of a kind that a CRD defines. @returns undefined for kinds of Kubernetes itself, and those without */
async function schemaOf(
  cluster: LiveCluster,
  { apiVersion, kind }: KubernetesObject,
): Promise<Schema | undefined> {
  const [group, version] = apiVersion.split('/');
  const resource = await cluster.resource(apiVersion, kind);
  // Groups of Kubernetes' own have no dot, or end in k8s.io without a CRD of that name.
  if (!resource || !group?.includes('.')) return undefined;
  const definition = await cluster.get<Definition>({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${resource.name}.${group}` },
  });
  return definition?.spec.versions.find(({ name }) => name === version)?.schema?.openAPIV3Schema;
}

/** Paths that an object has and a schema has not. */
export function unknownFields(value: unknown, schema: Schema, path: string): string[] {
  if (schema['x-kubernetes-preserve-unknown-fields']) return [];
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.flatMap((item) => unknownFields(item, items, `${path}[]`)) : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = `${path}.${key}`;
    // The API server itself looks after the metadata of an object.
    if (at === '.metadata') return [];
    const known = schema.properties?.[key];
    if (known) return unknownFields(item, known, at);
    const { additionalProperties: others } = schema;
    if (typeof others === 'object') return unknownFields(item, others, at);
    return others === true || schema.properties === undefined ? [] : [at];
  });
}
