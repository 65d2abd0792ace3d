import { join } from 'node:path';
import picomatch from 'picomatch';
import { mustBeThere, UserError } from '../errors';
import { readJson } from '../read-json';
import type { StackJson } from './render';

export interface SynthesizedStack {
  readonly name: string;
  readonly json: StackJson;
}

interface Manifest {
  readonly stacks: Readonly<
    Record<string, { name: string; synthesizedStackPath: string; dependencies: string[] }>
  >;
}

/**
 * Reads stacks that were synthesized, dependencies first.
 *
 * @param output folder that was synthesized into, `cdktf.out`
 * @param wanted names or globs of stacks; all where there are none
 * @throws UserError when the folder, a file or a stack is missing or cannot be read
 */
export function readOutput(output: string, wanted: readonly string[] = []): SynthesizedStack[] {
  const manifest = readJson<Manifest>(join(output, 'manifest.json'), 'run `npm start` first');
  if (typeof manifest?.stacks !== 'object' || manifest.stacks === null) {
    throw new UserError([`${join(output, 'manifest.json')} is not that of a synthesis by cdktf`]);
  }
  const names = Object.keys(manifest.stacks);
  const matches = (pattern: string) => names.filter((name) => picomatch.isMatch(name, pattern));
  mustBeThere('stack', wanted, names, (pattern) => matches(pattern).length > 0);
  const chosen = wanted.length === 0 ? names : wanted.flatMap(matches);
  return inOrder(manifest, chosen).map((name) => ({
    name,
    json: readJson<StackJson>(
      join(output, manifest.stacks[name]?.synthesizedStackPath ?? ''),
      'synthesize again',
    ),
  }));
}

function inOrder(manifest: Manifest, chosen: readonly string[]): string[] {
  const order = new Set<string>();
  const visit = (name: string): void => {
    if (order.has(name)) return;
    for (const needed of manifest.stacks[name]?.dependencies ?? []) visit(needed);
    order.add(name);
  };
  chosen.forEach(visit);
  return [...order].filter((name) => chosen.includes(name));
}
