import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOutput } from '../cli/manifests/read-output';

type Tree = Record<string, unknown>;

/** What is called otherwise is another object, and what is computed has no value here. */
const FIXED = /^(\/\/|name|namespace|apiVersion|kind)$/;

/** The first value of a tree that can be another. @returns whether there was one */
function change(tree: Tree, mark: number): boolean {
  return Object.keys(tree).some((key) => {
    const value = tree[key];
    if (FIXED.test(key)) return false;
    if (typeof value === 'object' && value !== null) return change(value as Tree, mark);
    if (typeof value === 'number') tree[key] = value + mark;
    else if (typeof value === 'string' && !value.includes('$')) tree[key] = `${value}-${mark}`;
    return tree[key] !== value;
  });
}

/** Copies an output and changes every resource in it: `make-change.ts FROM TO`. Prints how many. */
function main([from = '', to = '']: string[]): void {
  cpSync(from, to, { recursive: true });
  let count = 0;
  for (const { name } of readOutput(to)) {
    const file = join(to, 'stacks', name, 'cdk.tf.json');
    const json = JSON.parse(readFileSync(file, 'utf8'));
    for (const resource of Object.values(json.resource as Tree).flatMap((all) =>
      Object.values(all as Record<string, Tree>),
    )) {
      // Labels come first in most: the specification is what a review shows.
      const { spec = {}, ...rest } = resource;
      if (change(spec as Tree, ++count) || change(rest, count)) Object.assign(resource, rest);
    }
    writeFileSync(file, JSON.stringify(json));
  }
  console.log(count);
}

main(process.argv.slice(2));
