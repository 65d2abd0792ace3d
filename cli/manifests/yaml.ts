import { stringify } from 'yaml';
import type { RenderedObject } from './render';

/** One YAML document an object; what only patches an object of others says so. */
export function toYaml(objects: readonly RenderedObject[]): string {
  return objects
    .map(({ stack, address, object, patchBy }) => {
      const patch = patchBy ? `\n# patch of an object that exists, field manager: ${patchBy}` : '';
      // No line folding and no anchors: what reads it may be a simple parser.
      const body = stringify(object, { lineWidth: 0, aliasDuplicateObjects: false });
      return `---\n# ${stack} ${address}${patch}\n${body}`;
    })
    .join('');
}
