import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as library from '../../constructs';
import { Template, testStack } from '../helpers/template';

const ROOT = join(__dirname, '../..');

/** Fenced blocks of a language in the README of a folder: of constructs, where it names no other room. */
function blocks(folder: string, language: string): string[] {
  const room = folder.startsWith('core/') ? ROOT : join(ROOT, 'constructs');
  const text = readFileSync(join(room, folder, 'README.md'), 'utf8');
  return [...text.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    (match) => match[1] ?? '',
  );
}

/** Runs a snippet with everything of the library in place of its imports. */
function evaluate(snippet: string, scope: Record<string, unknown>): void {
  const names = { ...library, ...scope };
  const body = snippet.replace(/^import [^;]*;$/gm, '');
  new Function(...Object.keys(names), body)(...Object.values(names));
}

/** Objects that a snippet makes; it finds `stack` and everything of the library. */
function run(snippet: string): unknown[] {
  const stack = testStack();
  evaluate(snippet, { stack });
  return Template.of(stack).objects();
}

test.each([
  'compute-cluster',
  'compute-cluster/admission',
  'compute-cluster/mindcluster',
  'compute-cluster/monitoring',
  'tenant-namespace',
  'tenant-namespace/access',
  'tenant-namespace/network',
  'model-serving',
  'model-route',
  'model-serving/groups',
  'model-serving/weights',
])('the snippet of %s makes the output that is shown', (folder) => {
  const [snippet = ''] = blocks(folder, 'ts');
  const shown = blocks(folder, 'yaml').flatMap((block) => block.split(/^---$/m));
  expect(shown.length).toBeGreaterThan(0);
  const made = run(snippet);
  for (const document of shown) expect(made).toContainEqual(parse(document));
});

test.each(['core/accelerator', 'core/catalogue'])(
  'the snippet of %s prints what is shown',
  (folder) => {
    const [snippet = ''] = blocks(folder, 'ts');
    const lines: string[] = [];
    evaluate(snippet, { console: { log: (line: unknown) => lines.push(String(line)) } });
    expect(lines).toEqual(blocks(folder, 'text')[0]?.trim().split('\n'));
  },
);
