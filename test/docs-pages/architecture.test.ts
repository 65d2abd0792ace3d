import { existsSync, readFileSync } from 'node:fs';

const page = readFileSync('docs/architecture.md', 'utf8');

/** `` `name` (`file`) ``, also over the end of a line. */
const STEPS = [...page.matchAll(/`(\w+)`\s+\(`([^`]+)`\)/g)].map(([, name = '', file = '']) => [
  file,
  name,
]);

test('files that are named are there', () => {
  const files = [...page.matchAll(/`((?:core|constructs|stacks|cli|test|bench)\/[^`]+)`/g)];
  expect(files.length).toBeGreaterThan(70);
  expect(files.map(([, file = '']) => file).filter((file) => !existsSync(file))).toEqual([]);
});

test.each(STEPS)('%s has %s', (file, name) => {
  const made = new RegExp(`^(export )?(async )?(function|class) ${name}\\b|^  ${name}\\(`, 'm');
  expect(readFileSync(file as string, 'utf8')).toMatch(made);
});

test('each walk has its steps', () => {
  const walks = page.split(/^### /m).slice(1);
  expect(walks.map((walk) => [...walk.matchAll(/`\s+\(`/g)].length > 4)).toEqual(
    Array(4).fill(true),
  );
});
