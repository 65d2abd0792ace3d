import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CAPACITY_FILE, CAPACITY_SCHEMA, type CapacityReport } from '../../../core/capacity';
import { isTree } from '../../../core/tree';
import { UserError } from '../../errors';
import { readOutput } from '../../manifests/read-output';
import { readJson } from '../../read-json';
import type { Attributes } from '../compare/view';

/** A resource as it was synthesized. */
export interface SynthesizedResource {
  readonly stack: string;
  readonly type: string;
  /** `type.id`. */
  readonly address: string;
  /** Construct path, the stack first. */
  readonly path: string;
  readonly attributes: Attributes;
}

export interface ReviewedStack {
  readonly name: string;
  /** By address. */
  readonly resources: ReadonlyMap<string, SynthesizedResource>;
  /** New addresses of resources, by the old ones. */
  readonly moved: ReadonlyMap<string, string>;
}

/** One side of a comparison. */
export interface Output {
  /** What the user called it. */
  readonly name: string;
  /** In the order of deployment. */
  readonly stacks: ReadonlyMap<string, ReviewedStack>;
  /** @default - it was synthesized by something else than a centre, or by a release with another schema */
  readonly capacity?: CapacityReport;
}

/** Terraform type of what a stack says beside its resources: provider, backend, variables … */
export const SETTINGS_TYPE = 'terraform';

/**
 * Reads a folder that was synthesized into.
 * @param name what the user called it
 * @throws UserError when it is none, or a file is not whole
 */
export function readSide(name: string, folder: string): Output {
  const stacks = readOutput(folder).map(({ name: stack, json }) => {
    if (!isStack(json)) {
      throw new UserError([`${folder}: stack ${stack} is not Terraform JSON; synthesize again`]);
    }
    return stackOf(stack, json);
  });
  return {
    name,
    stacks: new Map(stacks.map((stack) => [stack.name, stack])),
    ...capacityOf(join(folder, CAPACITY_FILE)),
  };
}

/** A side may have been synthesized by another release of this package. */
function capacityOf(file: string): Pick<Output, 'capacity'> {
  if (!existsSync(file)) return {};
  const capacity = readJson<CapacityReport>(file, 'synthesize again');
  return capacity?.schemaVersion === CAPACITY_SCHEMA ? { capacity } : {};
}

/** Whether it has resources by type and name, as far as it has any. */
function isStack(json: unknown): json is Attributes {
  if (!isTree(json)) return false;
  const { resource = {}, moved = [] } = json;
  return (
    isTree(resource) &&
    Object.values(resource).every((all) => isTree(all) && Object.values(all).every(isTree)) &&
    [moved].flat().every(isTree)
  );
}

type Metadata = { readonly metadata?: { readonly path?: string } };
type Resources = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

function stackOf(stack: string, json: Attributes): ReviewedStack {
  const { resource = {}, moved = [], '//': _, ...settings } = json;
  const resources = new Map<string, SynthesizedResource>();
  const add = (type: string, address: string, path: string, attributes: Attributes) =>
    resources.set(address, { stack, type, address, path, attributes });
  for (const [type, all] of Object.entries(resource as Resources)) {
    for (const [id, attributes] of Object.entries(all)) {
      const path = (attributes['//'] as Metadata | undefined)?.metadata?.path;
      add(type, `${type}.${id}`, path ?? `${stack}/${id}`, attributes);
    }
  }
  add(SETTINGS_TYPE, SETTINGS_TYPE, stack, settings);
  const moves = [moved].flat() as { from: string; to: string }[];
  return { name: stack, resources, moved: new Map(moves.map(({ from, to }) => [from, to])) };
}
