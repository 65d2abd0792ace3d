import type { CapacityReport, PhaseProof } from '../../core/capacity';
import { type Html, html } from '../html/html';

/** A proof with all things that it was checked for. */
export interface ProofGroup {
  readonly id: string;
  readonly title: string;
  readonly level: string;
  readonly results: readonly PhaseProof[];
  readonly failed: number;
  readonly acknowledged: number;
  readonly notProven: number;
}

export function proofGroups({ proofs }: CapacityReport): ProofGroup[] {
  return [...new Set(proofs.map((proof) => proof.id))].sort().map((id) => {
    const results = proofs.filter((proof) => proof.id === id);
    const count = (is: (result: PhaseProof) => boolean) => results.filter(is).length;
    return {
      id,
      title: results[0]?.title ?? '',
      level: results[0]?.level ?? '',
      results,
      failed: count((result) => result.status === 'failed'),
      acknowledged: count((result) => result.status === 'acknowledged'),
      notProven: count((result) => result.notProven !== undefined),
    };
  });
}

/** `12 checked, all hold`, or what does not. */
export function verdict({ results, failed, acknowledged, notProven }: ProofGroup): string {
  const parts = [
    [failed, 'failed'],
    [acknowledged, 'acknowledged'],
    [notProven, 'not proven'],
  ] as const;
  const other = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return `${results.length} checked, ${other.length > 0 ? other.join(', ') : 'all hold'}`;
}

/** Every proof with its arithmetic; what does not hold is open, and stands first. */
export function proofSection(report: CapacityReport): Html {
  const groups = proofGroups(report);
  const troubled = groups.filter((group) => group.failed + group.acknowledged > 0);
  const others = groups.filter((group) => !troubled.includes(group));
  return html`<p>Checked at synthesis: ${groups.length} promises, ${report.proofs.length} sums. The sums are inside.</p>
${troubled.map((group) => proof(group, true))}${others.map((group) => proof(group, false))}`;
}

function proof(group: ProofGroup, open: boolean): Html {
  const tone =
    group.failed > 0 ? 'bad' : group.acknowledged + group.notProven > 0 ? 'warn' : 'good';
  return html`<details class="proof"${open ? html` open` : ''}><summary><code>${group.id}</code> ${group.title}: <span class="${tone}">${verdict(group)}</span>${group.level === 'warning' ? ' (warning)' : ''}</summary>
<ul>${group.results.map(line)}</ul></details>
`;
}

function line({ status, path, phase, arithmetic, acknowledgement, notProven }: PhaseProof): Html {
  const note = acknowledgement
    ? html` <span class="warn">Acknowledged until ${acknowledgement.until}: ${acknowledgement.reason}.</span>`
    : notProven
      ? html` <span class="warn">Not proven: ${notProven}.</span>`
      : '';
  return html`<li><span class="${status === 'passed' ? 'good' : status === 'failed' ? 'bad' : 'warn'}">${status}</span> <code>${path}</code> <span class="muted">${phase}</span>: ${arithmetic}.${note}</li>
`;
}
