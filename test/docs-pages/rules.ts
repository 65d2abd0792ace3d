import type { RuleText } from '../../core/rules';

/** Rules of one kind and their page. */
export interface Family<R extends RuleText = RuleText> {
  /** `proofs`: name of the page and of the family. */
  readonly name: string;
  /** What one of them is called, `proof`. */
  readonly one: string;
  readonly title: string;
  /** From what the page is made. */
  readonly madeFrom: string;
  readonly intro: string;
  readonly rules: readonly R[];
  /** Heading that a rule stands under. @default - none */
  heading?(rule: R): string;
  /** What follows the reason: how it reads where something is wrong. @throws Error for a rule without a fixture */
  example(rule: R): string;
}

/** The page of a family: every rule with its reason and how it reads. */
export function rulesPage<R extends RuleText>(family: Family<R>): string {
  const { title, madeFrom, intro, rules, heading } = family;
  const headings = heading ? [...new Set(rules.map(heading))] : [undefined];
  const parts = [
    `# ${title}`,
    `Made by \`npm run docs\` from ${madeFrom}; a test checks that it is current.`,
    intro,
    ...headings.flatMap((above) => [
      ...(above ? [`## ${above}`] : []),
      ...rules
        .filter((rule) => heading?.(rule) === above)
        .map((rule) => section(family, rule, above ? '###' : '##')),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function section<R extends RuleText & { readonly level?: string }>(
  { example }: Family<R>,
  rule: R,
  mark: string,
): string {
  const { id, title, why, level } = rule;
  const text = level ? `**${level}**. ${why}` : why;
  return [`${mark} ${id}: ${title}`, text, example(rule)].join('\n\n');
}

/** Lines as they are printed. */
export function printed(...lines: readonly string[]): string {
  return ['```', ...lines, '```'].join('\n');
}
