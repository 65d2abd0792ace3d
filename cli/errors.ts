/** A mistake of the user on the command line or in its input: a line each, no stack trace, exit 1. */
export class UserError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'UserError';
  }
}
