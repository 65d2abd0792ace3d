import { readFileSync } from 'node:fs';
import type typescript from 'typescript';
import type { Centre } from './centre';
import type { DataPath } from './sections';

/** Keys by which an item of data is known, the most telling ones first. */
const NAMES = ['name', 'id', 'alias', 'model', 'phase', 'tenant'];

/**
 * Line of a key of the data, or of its item, in a file of TypeScript. Data may be made by functions of the file, so
 * the line is looked for: a property of that name and value, as near as can be to the names of its item.
 *
 * @returns undefined where there is none or several are as near, and without a compiler to read the file with
 */
export function lineInTypeScript(file: string, centre: Centre, path: DataPath): number | undefined {
  const ts = compiler();
  if (!ts) return undefined;
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  const key = path.slice(2).findLast((part) => typeof part === 'string');
  const [section = '', index = 0] = path;
  const item = valueAt(centre, [section, index]);
  const names = NAMES.flatMap((name) => {
    const value = valueAt(item, [name]);
    return typeof value === 'string' ? [value] : [];
  });
  const wanted: Wanted = { ts, source, names };
  const own = key === undefined ? [] : properties(wanted, key, valueAt(centre, path));
  const found = nearest(wanted, own) ?? nearest(wanted, literals(wanted, names[0]));
  return found && source.getLineAndCharacterOfPosition(found.getStart()).line + 1;
}

interface Wanted {
  readonly ts: typeof typescript;
  readonly source: typescript.SourceFile;
  /** Texts by which the item is known. */
  readonly names: readonly string[];
}

/** The compiler of the user's own project: only there for who writes data in TypeScript. */
function compiler(): typeof typescript | undefined {
  try {
    const ts = require('typescript') as typeof typescript;
    return typeof ts.createSourceFile === 'function' ? ts : undefined;
  } catch {
    return undefined;
  }
}

function valueAt(value: unknown, [key, ...rest]: DataPath): unknown {
  if (key === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return valueAt((value as Record<string | number, unknown>)[key], rest);
}

function all({ ts, source }: Wanted): typescript.Node[] {
  const nodes: typescript.Node[] = [];
  const add = (node: typescript.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, add);
  };
  add(source);
  return nodes;
}

/** Properties of a name, without those that have another literal as value. */
function properties(wanted: Wanted, key: string, value: unknown): typescript.Node[] {
  const { ts, source } = wanted;
  return all(wanted).filter((node) => {
    if (ts.isShorthandPropertyAssignment(node)) return node.name.text === key;
    if (!ts.isPropertyAssignment(node)) return false;
    const name = ts.isComputedPropertyName(node.name) ? undefined : node.name.getText(source);
    if (name?.replace(/^['"]|['"]$/g, '') !== key) return false;
    const given = node.initializer;
    const literal = ts.isStringLiteral(given) || ts.isNumericLiteral(given);
    return !literal || typeof value === 'object' || given.text === `${value}`;
  });
}

function literals(wanted: Wanted, name: string | undefined): typescript.Node[] {
  const { ts } = wanted;
  return all(wanted).filter((node) => ts.isStringLiteral(node) && node.text === name);
}

/** The node with the names of the item around it in the fewest steps. @returns undefined where two are as near */
function nearest(wanted: Wanted, nodes: readonly typescript.Node[]): typescript.Node | undefined {
  const [first, second] = nodes
    .map((node) => ({ node, far: distance(wanted, node) }))
    .sort((a, b) => a.far - b.far);
  return first && first.far !== second?.far ? first.node : undefined;
}

function distance({ source, names }: Wanted, node: typescript.Node): number {
  return names.reduce((sum, name) => {
    let steps = 0;
    for (let at = node; at !== source; at = at.parent) {
      if (new RegExp(`['"\`]${escaped(name)}['"\`]`).test(at.getText(source))) return sum + steps;
      steps += 1;
    }
    return sum + steps;
  }, 0);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
