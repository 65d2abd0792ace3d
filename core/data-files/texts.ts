import { ValidationError } from '../errors';
import { lookup } from '../lookup';

/**
 * Texts by their names. `*` stands for the argument of a quotation, and a text may quote others:
 * `"tutorial": "{vllm-ascend:docs/source/tutorials/models/*.md}"`.
 */
export type Texts = Readonly<Record<string, string | NotedText>>;

interface NotedText {
  readonly text: string;
  /** What a reader should know. */
  readonly note: string;
}

/** `{name}` or `{name:argument}`. */
const QUOTATION = /\{([\w.-]+)(?::([^{}]*))?\}/g;

/** Keys whose texts may quote others. */
const QUOTING: readonly string[] = ['source', 'assumed', 'text'];

/**
 * Writes out what the sources and reasons anywhere in a value quote, in place: files are large and read at the start.
 * @param path where the value is, for messages
 * @throws ValidationError where they quote what is not there
 */
export function expandTexts(value: object, texts: Texts, path: string): void {
  for (const [key, below] of Object.entries(value)) {
    if (typeof below === 'object' && below !== null) expandTexts(below, texts, `${path}.${key}`);
    if (typeof below === 'string' && QUOTING.includes(key)) {
      (value as Record<string, unknown>)[key] = expand(below, texts, `${path}.${key}`);
    }
  }
}

function expand(
  quoting: string,
  texts: Texts,
  path: string,
  within: readonly string[] = [],
): string {
  if (!quoting.includes('{')) return quoting;
  return quoting.replace(QUOTATION, (_whole, name: string, argument = '') => {
    const quoted = lookup(texts, name);
    if (quoted === undefined || within.includes(name)) {
      const message = quoted
        ? `quotes itself; remove one of them, got: ${[...within, name].join(' → ')}`
        : `quotes what is not there; use one of ${Object.keys(texts).join(', ')}, got: '${name}'`;
      throw new ValidationError([{ path, message }]);
    }
    const text = typeof quoted === 'string' ? quoted : quoted.text;
    return expand(
      text.replaceAll('*', () => argument),
      texts,
      path,
      [...within, name],
    );
  });
}
