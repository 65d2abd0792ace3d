import { existsSync } from 'node:fs';
import { type Problem, ValidationError } from '../constructs';
import { checkValue } from '../constructs/check-props';
import type { Centre, CentreFile, Sources } from './centre';
import { placeInYaml } from './locate';
import { parseYaml, shortened } from './yaml-file';

/** Data of a centre with the files that they stand in. */
export type SourcedData = CentreFile & { readonly sources: Sources };

/**
 * Reads data of a centre from YAML files, each with some of its keys; lists of several files are joined in the order
 * of the files. Together with data in TypeScript: `{ ...tianjin, ...readData('tenants.yaml') }`.
 *
 * ```yaml
 * # yaml-language-server: $schema=node_modules/ai-computing-centre/dist/core/schema/centre.schema.json
 * tenants:
 *   - name: nankai
 * ```
 * What the items hold is checked when the centre is synthesized, with everything else.
 *
 * @throws ValidationError with file and line for what is no YAML, no key of a centre, or no list
 */
export function readData(...files: readonly string[]): SourcedData {
  const problems: Problem[] = [];
  const data: Record<string, unknown> = {};
  const sources: Record<string, string[]> = {};
  for (const file of files) {
    const { value, wrong } = readFile(file);
    problems.push(...wrong);
    for (const [key, item] of Object.entries(value)) {
      const known = data[key];
      if (known !== undefined && !(Array.isArray(known) && Array.isArray(item))) {
        problems.push({
          path: shortened(file),
          message: `${key} is in ${sources[key]?.map(shortened).join(' and ')}, too; leave one out, got: '${key}' twice`,
        });
        continue;
      }
      data[key] = Array.isArray(known) ? [...known, ...(item as unknown[])] : item;
      sources[key] = [...(sources[key] ?? []), file];
    }
  }
  if (problems.length > 0) throw new ValidationError(problems);
  return { ...(data as CentreFile), sources };
}

/**
 * Reads a whole centre from YAML files, as `readData` does.
 *
 * @throws ValidationError as `readData` does, and where a key of the centre is in none of the files
 */
export function readCentre(...files: readonly string[]): Centre {
  const data = readData(...files);
  const path = files.map(shortened).join(', ');
  const missing = checkValue('Centre', data).filter((one) => one.path.length === 0);
  if (missing.length > 0)
    throw new ValidationError(missing.map(({ message }) => ({ path, message })));
  return data as Centre;
}

function readFile(file: string): { readonly value: object; readonly wrong: readonly Problem[] } {
  const path = shortened(file);
  if (!existsSync(file)) {
    const message = `no such file; correct the name, got: '${file}'`;
    return { value: {}, wrong: [{ path, message }] };
  }
  const { document, lineOf } = parseYaml(file);
  if (document.errors.length > 0) {
    const wrong = document.errors.map(({ message, pos }) => ({
      path: `${path}:${lineOf(pos[0])}`,
      message: `no YAML: ${message.split('\n')[0]}; correct it`,
    }));
    return { value: {}, wrong };
  }
  const value: unknown = document.toJS() ?? {};
  // What items hold is told with everything else of the centre.
  const found = checkValue('CentreFile', value).filter((one) => one.path.length <= 1);
  const wrong = found.map(({ message, path: key }) => ({
    source: placeInYaml([file], key),
    path: 'centre',
    message,
  }));
  return { value: found.some(({ misshapen }) => misshapen) ? {} : (value as object), wrong };
}
