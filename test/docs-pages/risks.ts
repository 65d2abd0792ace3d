import { join } from 'node:path';
import { RISKS } from '../../cli/review/risks/registry';
import type { RiskRule } from '../../cli/review/risks/risk';
import { RISK_FIXTURES } from '../cli/review/risk-fixtures';
import { risksOf } from '../cli/review/risks-of';
import { reasonsIn } from './proofs';

export const RULES_FOLDER = join(__dirname, '../../cli/review/risks/rules');

/** `docs/risks.md`: every rule of the review with what it means and how it reads. */
export function risksPage(): string {
  const reasons = reasonsIn(RULES_FOLDER);
  const parts = [
    '# Risks',
    'Made by `npm run docs` from the rules of `aicc review` and their fixtures; a test checks that it is current.',
    `${RISKS.length} rules say what a change endangers. \`error\` stops it (exit code 4) unless it is [acknowledged](review.md#accept-a-risk), \`warning\` and \`info\` are to be looked at.`,
    ...RISKS.map((rule) => section(rule, reasons)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function section({ id, title, level }: RiskRule, reasons: ReadonlyMap<string, string>): string {
  const fixture = RISK_FIXTURES[id];
  const risk = fixture && risksOf(fixture.found).find((entry) => entry.id === id);
  if (!risk) throw new Error(`${id} has no fixture that is found`);
  return [
    `## ${id}: ${title}`,
    `**${level}**. ${reasons.get(id) ?? ''}`,
    `\`\`\`\n${risk.what}; ${risk.remedy}\n\`\`\``,
  ].join('\n\n');
}
