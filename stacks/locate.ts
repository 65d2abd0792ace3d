import { existsSync } from 'node:fs';
import { isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Centre, CentreData } from './centre';
import { lineInTypeScript } from './locate-typescript';
import type { DataPath } from './sections';
import { isYaml, parseYaml, shortened } from './yaml-file';

/**
 * File of a place in the data, and its line where it can be told: `stacks/tianjin/servings.ts:31`.
 * @returns undefined where the centre does not say which file the data stand in
 */
export function locate(centre: Centre, path: DataPath): string | undefined {
  const files = [centre.sources?.[path[0] as keyof CentreData] ?? []]
    .flat()
    .filter((file) => existsSync(file));
  if (files.some(isYaml)) return placeInYaml(files.filter(isYaml), path);
  const found = files.flatMap((file) => {
    const line = lineInTypeScript(file, centre, path);
    return line === undefined ? [] : [`${shortened(file)}:${line}`];
  });
  if (found.length === 1) return found[0];
  return files.length === 1 && files[0] !== undefined ? shortened(files[0]) : undefined;
}

/** A place in YAML files; items of a list may stand in several of them, one after the other. */
export function placeInYaml(files: readonly string[], path: DataPath): string | undefined {
  const [section = '', index, ...rest] = path;
  let before = 0;
  for (const file of files) {
    const { document, lineOf } = parseYaml(file);
    const items = document.get(section);
    const count = isSeq(items) ? items.items.length : 0;
    if (typeof index !== 'number' || index < before + count) {
      const own = typeof index === 'number' ? [index - before, ...rest] : path.slice(1);
      const offset = offsetOf(document.contents, [section, ...own]);
      if (offset !== undefined) return `${shortened(file)}:${lineOf(offset)}`;
    }
    before += count;
  }
  return undefined;
}

/** Where a key or an item begins; of one that is not there, what it would be in. */
function offsetOf(node: unknown, [key, ...rest]: DataPath): number | undefined {
  const start = isNode(node) ? node.range?.[0] : undefined;
  if (isSeq(node) && typeof key === 'number') {
    const item = node.items[key];
    return offsetOf(item, rest) ?? start;
  }
  if (!isMap(node)) return start;
  const pair = node.items.find((one) => isScalar(one.key) && `${one.key.value}` === key);
  if (!pair) return start;
  const own = isNode(pair.key) ? pair.key.range?.[0] : undefined;
  return rest.length === 0 ? own : (offsetOf(pair.value, rest) ?? own);
}
