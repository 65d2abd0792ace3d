import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import { type ITerraformDependable, Tokenization } from 'cdktf';
import type { Construct } from 'constructs';
import type { Identified } from '../core/kubernetes/object';
import { escapeTemplate } from '../core/kubernetes/templates';
import { FIELD_MANAGER } from '../core/names';

/** A whole Kubernetes object; `T` types what is beside the metadata. */
export type CustomObject<T extends object = object> = T & Identified;

/**
 * An object of a kind for which the provider has no resource of its own. Terraform plans it against
 * a live API server that knows the kind: its CRD is a prerequisite.
 */
export function customResource<T extends object>(
  scope: Construct,
  id: string,
  object: CustomObject<T>,
  dependsOn?: ITerraformDependable[],
): Manifest {
  return new Manifest(scope, id, {
    manifest: { ...escapeTemplates(object) },
    fieldManager: { name: FIELD_MANAGER },
    ...(dependsOn ? { dependsOn } : {}),
  });
}

/** A value whose texts Terraform takes as they stand; what is undefined is left out. */
function escapeTemplates<T>(value: T): T {
  return escaped(value) as T;
}

function escaped(value: unknown): unknown {
  if (typeof value === 'string') return escapeTemplate(value);
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== 'object' || value === null || Tokenization.isResolvable(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [escapeTemplate(key), escaped(item)]),
  );
}
