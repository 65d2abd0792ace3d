import type { Weights } from '../../../core/catalogue';

/** Where weights are mounted: a directory a repository, `<owner>/<name>`. */
export const WEIGHTS_PATH = '/models';

/**
 * File of a repository's directory that says that everything in it is there. Who fills the directory
 * writes it last, and by a rename: there is no half of it.
 */
export const COMPLETION_MARKER = '.complete';

/** Directory that is served, below the mount. */
export function weightsDirectory({ repository, directory }: Weights): string {
  return directory === undefined ? repository : `${repository}/${directory}`;
}
