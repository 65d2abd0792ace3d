import { KINDS, modelOf } from '../../core/kubernetes/kinds';
import type { KubernetesObject } from '../../core/kubernetes/object';
import { modelFields } from '../docs-pages/provider-schema';

type Tree = Record<string, unknown>;

/** Types of resources that stand for a kind, each kind once. */
export function resourceTypes(): string[] {
  return Object.keys(KINDS).filter((type) => !type.includes('default_service_account'));
}

/** An object of the kind of a resource type, with every field that `@kubernetes/client-node` knows. */
export function fullObject(resourceType: string): KubernetesObject {
  const [apiVersion, kind] = KINDS[resourceType] ?? [];
  return {
    ...(sampleOf(modelOf(resourceType) ?? '') as Tree),
    apiVersion,
    kind,
  } as KubernetesObject;
}

/** A value of a type of `@kubernetes/client-node`. */
function sampleOf(type: string): unknown {
  const element = /^Array<(.+)>$/.exec(type)?.[1];
  if (element) return [sampleOf(element)];
  if (type.startsWith('{ [key: string]:')) return { 'a_key.b/c': 'text' };
  const fields = modelFields(type);
  if (fields) {
    return Object.fromEntries(fields.map(({ baseName, type: of }) => [baseName, sampleOf(of)]));
  }
  if (type === 'number') return 420;
  if (type === 'boolean') return false;
  return type === 'IntOrString' ? '25%' : 'text';
}

/** Steps of a path, `spec.containers[0].name`. */
function stepsOf(path: string): string[] {
  return path.split(/[.[\]]+/).filter((step) => step !== '');
}

/** What stands at a path. */
export function valueAt(object: unknown, path: string): unknown {
  return stepsOf(path).reduce((at, step) => (at as Tree | undefined)?.[step], object);
}

/** An object without what stands at some paths. */
export function withoutPaths<T>(object: T, paths: readonly string[]): T {
  const copy = structuredClone(object);
  for (const path of paths) {
    const steps = stepsOf(path);
    const last = steps.pop() ?? '';
    delete (valueAt(copy, steps.join('.')) as Tree)[last];
  }
  return copy;
}

/** Every object in a value, with its path; maps of texts are none. */
export function blocksIn(value: unknown, path = ''): { path: string; block: Tree }[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => blocksIn(item, `${path}[${index}]`));
  }
  if (typeof value !== 'object' || value === null || 'a_key.b/c' in value) return [];
  const block = value as Tree;
  const below = Object.entries(block).flatMap(([key, item]) =>
    blocksIn(item, path === '' ? key : `${path}.${key}`),
  );
  return [{ path, block }, ...below];
}
