import { type Problem, ProblemCollector, ValidationError } from '../constructs';
import { checkValue } from '../constructs/check-props';
import type { Centre } from './centre';
import { locate } from './locate';
import { itemsOf, pathOf, SECTION_RULES, SECTIONS, type Section } from './sections';

/** What the schemas say of a centre's data. */
export interface CheckedData {
  readonly problems: readonly Problem[];
  /** Items that something is wrong with. */
  readonly told: ReadonlySet<unknown>;
  /** Items of another shape than their type: nothing can be made of them, nor told about them. */
  readonly misshapen: ReadonlySet<unknown>;
}

/**
 * Checks the data of a centre by their schemas, before anything is made of them.
 *
 * @throws ValidationError where the centre itself has another shape, so that its items cannot be read
 */
export function checkData(centre: Centre): CheckedData {
  const told = new Set<unknown>();
  const misshapen = new Set<unknown>();
  const items = SECTIONS.flatMap((section) =>
    itemsOf(centre, section).flatMap((item, index) => {
      const found = checkValue(SECTION_RULES[section].type, item);
      if (found.length > 0) told.add(item);
      if (found.some((one) => one.misshapen)) misshapen.add(item);
      const path = pathOf(section, item, index);
      return found.map(({ message, path: key }) => ({
        path,
        message,
        source: locate(centre, [section, index, ...key]),
      }));
    }),
  );
  // Items are told one by one; here is what is beside them, and what is no list.
  const emptied = SECTIONS.filter((section) => Array.isArray(centre[section]));
  const whole = checkValue('Centre', {
    ...centre,
    ...Object.fromEntries(emptied.map((section) => [section, []])),
  });
  const beside = whole.map(({ message, path: key }) => ({
    path: 'centre',
    message,
    source: locate(centre, key),
  }));
  // One literal of a file may have made several items.
  const lines = new Set<string>();
  const problems = [...beside, ...items].filter(({ source, message }) => {
    const line = `${source}: ${message}`;
    const said = source !== undefined && /:\d+$/.test(source) && lines.has(line);
    lines.add(line);
    return !said;
  });
  if (whole.some((one) => one.misshapen)) throw new ValidationError(problems);
  return { problems, told, misshapen };
}

/** Says of problems that are told under the name of an item where the item stands. */
export function withSources(centre: Centre, problems: readonly Problem[]): Problem[] {
  const places = new Map(
    SECTIONS.flatMap((section) =>
      itemsOf(centre, section).map((item, index) => [
        pathOf(section, item, index),
        [section, index] as const,
      ]),
    ),
  );
  return problems.map((problem) => {
    const place = problem.source === undefined ? places.get(problem.path) : undefined;
    return place ? { ...problem, source: locate(centre, place) } : problem;
  });
}

/** Collects what constructs complain about that are made of the items of a centre. */
export class ItemProblems extends ProblemCollector {
  constructor(
    private readonly centre: Centre,
    private readonly told: ReadonlySet<unknown>,
  ) {
    super();
  }

  /**
   * @param item the data that a construct is made of: what its schema says has been told of it
   * @returns what `make` returns, or undefined where it threw a ValidationError
   */
  attemptItem<T>(section: Section, item: unknown, make: () => T): T | undefined {
    const own = new ProblemCollector();
    const made = own.attempt(make);
    const index = itemsOf(this.centre, section).indexOf(item as never);
    const source = own.problems.length > 0 ? locate(this.centre, [section, index]) : undefined;
    const news = own.problems.filter(({ key }) => key === undefined || !this.told.has(item));
    this.problems.push(...news.map((problem) => ({ source, ...problem })));
    return made;
  }
}
