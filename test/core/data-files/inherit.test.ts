import { type Entry, inherit, inheritAll } from '../../../core/data-files';
import { expandTexts } from '../../../core/data-files/texts';

interface Chip extends Entry {
  readonly memory?: number;
  readonly devices?: number;
}

test('an entry has the keys of those that it extends, its own first, and no note of theirs', () => {
  const named: Record<string, Chip> = {
    small: { note: 'one die', memory: 32, devices: 1 },
    large: { extends: 'small', memory: 64 },
  };
  expect(inherit<Chip>({ extends: 'large', devices: 2 }, named, 'chips: A')).toEqual({
    memory: 64,
    devices: 2,
  });
  expect(inheritAll(named, undefined, 'chips')).toEqual({
    small: { id: 'small', memory: 32, devices: 1 },
    large: { id: 'large', memory: 64, devices: 1 },
  });
});

test.each([
  [
    'what is not there',
    { extends: 'tiny' },
    /^chips: A: extends what is not there; use one of small, .* got: 'tiny'$/,
  ],
  ['what every object has', { extends: 'constructor' }, /got: 'constructor'$/],
  ['itself', { extends: 'egg' }, /^chips: A: extends itself; .* got: egg → hen → egg$/],
])('an entry that extends %s is refused', (_what, entry, message) => {
  const named: Record<string, Chip> = {
    small: { memory: 32 },
    egg: { extends: 'hen' },
    hen: { extends: 'egg' },
  };
  expect(() => inherit<Chip>(entry, named, 'chips: A')).toThrow(message);
});

const TEXTS = {
  repository: 'owner/name * (1234567)',
  guide: { text: '{repository:docs/*.md}', note: 'A guide.' },
  egg: '{hen}',
  hen: 'a {egg}',
};

test('sources, reasons and texts quote by name, with an argument, wherever they stand', () => {
  const value = {
    size: {
      value: 1,
      source: '{guide:start}, page 2; {repository:LICENSE}',
      assumed: 'see {guide:x}',
    },
    licences: [{ text: '{repository:LICENSE}', name: '{guide}' }],
  };
  expandTexts(value, TEXTS, 'file');
  expect(value).toEqual({
    size: {
      value: 1,
      source: 'owner/name docs/start.md (1234567), page 2; owner/name LICENSE (1234567)',
      assumed: 'see owner/name docs/x.md (1234567)',
    },
    licences: [{ text: 'owner/name LICENSE (1234567)', name: '{guide}' }],
  });
});

test('an argument is taken as it is written', () => {
  const value = { source: '{repository:$&.md}' };
  expandTexts(value, TEXTS, 'file');
  expect(value.source).toBe('owner/name $&.md (1234567)');
});

test.each([
  [
    'what is not there',
    '{guides:x}',
    /^file\.a\.source: quotes what is not there; use one of repository, .* got: 'guides'$/,
  ],
  ['itself', '{egg}', /^file\.a\.source: quotes itself; .* got: egg → hen → egg$/],
])('a source that quotes %s is refused', (_what, source, message) => {
  expect(() => expandTexts({ a: { source } }, TEXTS, 'file')).toThrow(message);
});
