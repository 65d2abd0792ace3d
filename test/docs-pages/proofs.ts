import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failureMessage, PROOFS, type Proof, runProofs } from '../../constructs';
import { FIXTURES } from '../core/capacity/fixtures';

export const PROOFS_FOLDER = join(__dirname, '../../core/capacity/proofs');

/** Day on which the fixtures are checked. */
export const FIXTURE_DAY = '2026-11-24';

const AREAS: Readonly<Record<string, string>> = {
  CAP: 'Capacity of clusters and phases',
  LOC: 'Localization',
  SRV: 'Servings',
  TEN: 'Tenants',
};

/** `docs/proofs.md`: every proof with what it promises, why, and how it reads when it fails. */
export function proofsPage(): string {
  const reasons = reasonsIn(PROOFS_FOLDER);
  const areas = [...new Set(PROOFS.map(areaOf))];
  const parts = [
    '# Proofs',
    'Made by `npm run docs` from the proofs and their fixtures; a test checks that it is current.',
    `${PROOFS.length} promises are checked at each synthesis. An \`error\` stops it before anything is written, a \`warning\` is shown. What may fail for a while is [acknowledged](../core/capacity/README.md). NPU: one schedulable device. PF: dense FP16 peak of the NPUs.`,
    ...areas.flatMap((area) => [
      `## ${AREAS[area] ?? area}`,
      ...PROOFS.filter((proof) => areaOf(proof) === area).map((proof) => section(proof, reasons)),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function areaOf({ id }: Proof): string {
  return id.split('-')[1] ?? '';
}

function section(proof: Proof, reasons: ReadonlyMap<string, string>): string {
  const { id, title, level } = proof;
  return [
    `### ${id}: ${title}`,
    `**${level}**. ${reasons.get(id) ?? ''}`,
    `\`\`\`\n${example(id)}\n\`\`\``,
  ].join('\n\n');
}

/** The line that a user reads for the failing fixture. */
function example(id: string): string {
  const fixture = FIXTURES[id];
  const result =
    fixture &&
    runProofs(fixture.failing, [], FIXTURE_DAY).find((entry) => entry.id === id && !entry.holds);
  if (!result) throw new Error(`${id} has no fixture that fails`);
  return `${result.path}: ${failureMessage(result)}`;
}

/** The comment above each proof of a folder, or above each rule of the review, by id. */
export function reasonsIn(folder: string): Map<string, string> {
  const reasons = new Map<string, string>();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.ts')).sort()) {
    const text = readFileSync(join(folder, file), 'utf8');
    // A comment, the constant below it, and the first id after that.
    for (const match of text.matchAll(
      /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export const \w+[\s\S]*?id: '(AICC-[A-Z]+-\d+)'/g,
    )) {
      const [, comment = '', id = ''] = match;
      const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, ''));
      reasons.set(id, lines.join(' ').replace(/\s+/g, ' ').trim());
    }
  }
  return reasons;
}
