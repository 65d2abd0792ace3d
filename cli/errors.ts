/** A mistake of the user on the command line or in its input: a line each, no stack trace, exit 1. */
export class UserError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'UserError';
  }
}

/** @throws UserError for each name that is not there, with those that are */
export function mustBeThere(
  what: string,
  wanted: readonly string[],
  names: readonly string[],
  isThere = (name: string) => names.includes(name),
): void {
  const unknown = wanted.filter((name) => !isThere(name));
  if (unknown.length === 0) return;
  const all = names.join(', ');
  throw new UserError(unknown.map((name) => `no such ${what}; use one of ${all}, got: '${name}'`));
}
