/**
 * One mistake in the input: where it is, what was given, what is allowed and what to change.
 */
export interface Problem {
  /** Construct path (or the path that the construct would have had), `phase-100p-tenants/nankai`. */
  readonly path: string;
  /** One line without a full stop: the rule, `got: VALUE`, and what to change. */
  readonly message: string;
  /** Of the proof that does not hold. @default - it is a mistake in the input */
  readonly id?: string;
  /** File of the data, and line where it is known, `stacks/tianjin/tenants.ts:31`. @default - not known */
  readonly source?: string;
  /** Keys of the props that the schema of their type refuses. @default - another check found it */
  readonly key?: readonly (string | number)[];
}

/** `source: path: message`, the one line that a user reads. */
export function formatProblem({ source, path, message }: Problem): string {
  return [...(source === undefined ? [] : [source]), path, message].join(': ');
}

/**
 * Thrown for wrong input. It carries every problem that was found, so that a user mends them in one
 * go; the command line prints them a line each and shows no stack trace.
 */
export class ValidationError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'ValidationError';
  }
}

/** Throws one `ValidationError` when there is anything to complain about. */
export function throwIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) {
    throw new ValidationError(problems);
  }
}

/** Runs a step of the construction and keeps what it complains about, so that all is reported at once. */
export class ProblemCollector {
  readonly problems: Problem[] = [];

  /** @returns what `make` returns, or undefined where it threw a ValidationError */
  attempt<T>(make: () => T): T | undefined {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      this.problems.push(...error.problems);
      return undefined;
    }
  }
}
