import { formatNumber } from '../../../core/capacity';
import { containersOf } from '../../kubernetes/workloads';
import type { ResourceChange } from '../compare/change';
import { workloadChanges } from '../compare/objects';
import { counted } from '../counted';
import {
  type CapacityChange,
  type CapacityRow,
  changed,
  type Figure,
  type ReplacementRow,
  type ServingRow,
  type TenantRow,
} from './capacity-change';

/** What a change means, a sentence each: petaflops, NPUs, tenants, models. */
export function summaryOf(
  capacity: CapacityChange | undefined,
  changes: readonly ResourceChange[],
): string[] {
  return [
    ...(capacity
      ? [
          ...capacity.clusters.flatMap(supplySentence),
          ...limited(capacity.tenants.map(tenantSentence), 'tenants'),
          ...headroomSentence(capacity.clusters),
          ...limited(capacity.replacements.map(replacementSentence), 'aliases'),
          ...limited(capacity.servings.map(servingSentence), 'models'),
        ]
      : []),
    ...limited(imageSentences(changes), 'images'),
    ...restartSentence(changes),
  ];
}

/** Sentences of one kind: whoever has a minute reads no more. */
const MOST = 8;

function limited(sentences: readonly string[], noun: string): string[] {
  const rest = sentences.length - MOST;
  return rest > 0
    ? [...sentences.slice(0, MOST), `… and ${formatNumber(rest)} more ${noun}`]
    : [...sentences];
}

/** `+24`, `−8`. */
export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${formatNumber(Math.abs(value))}`;
}

function by({ before, after }: Figure): number {
  return after - before;
}

function supplySentence({ cluster, servers, npus, petaflops, usableNpus }: CapacityRow): string[] {
  const amounts: (readonly [Figure, string])[] = [
    [servers, 'servers'],
    [npus, 'NPUs'],
    [petaflops, 'PF'],
  ];
  const parts = amounts
    .filter(([figure]) => changed(figure))
    .map(([figure, unit]) => `${signed(by(figure))} ${unit}`);
  if (changed(usableNpus) && by(usableNpus) !== by(npus)) {
    parts.push(`${signed(by(usableNpus))} NPUs usable`);
  }
  return parts.length === 0 ? [] : [`${parts.join(', ')} on ${cluster}`];
}

function headroomSentence(clusters: readonly CapacityRow[]): string[] {
  const parts = clusters
    .filter(({ freeNpus }) => changed(freeNpus))
    .map(
      ({ cluster, headroom, freeNpus }) =>
        `${cluster} ${headroom.before} % → ${headroom.after} % (${formatNumber(freeNpus.after)} NPUs free)`,
    );
  return parts.length === 0 ? [] : [`headroom of ${parts.join(', ')}`];
}

function tenantSentence(tenant: TenantRow): string {
  const { guarantee, ceiling, stateBefore, stateAfter, expiryBefore, expiryAfter } = tenant;
  const who = `tenant ${tenant.tenant} on ${tenant.cluster}`;
  const amounts = (side: keyof Figure) =>
    `${formatNumber(guarantee[side])} NPUs guaranteed, ${formatNumber(ceiling[side])} at most`;
  if (stateBefore === undefined) return `${who} is new: ${amounts('after')}`;
  if (stateAfter === undefined) return `${who} is gone: ${amounts('before')} (${stateBefore})`;
  const parts: string[] = [];
  if (changed(guarantee)) parts.push(`${signed(by(guarantee))} NPUs guaranteed${arrow(guarantee)}`);
  if (changed(ceiling)) parts.push(`${signed(by(ceiling))} NPUs at most${arrow(ceiling)}`);
  if (stateBefore !== stateAfter) parts.push(`${stateBefore} → ${stateAfter}`);
  if (expiryBefore !== expiryAfter) {
    parts.push(`last day ${expiryBefore ?? 'none'} → ${expiryAfter ?? 'none'}`);
  }
  return `${who}: ${parts.join(', ')}`;
}

function arrow({ before, after }: Figure): string {
  return ` (${formatNumber(before)} → ${formatNumber(after)})`;
}

function replacementSentence(row: ReplacementRow): string {
  const { alias, cluster, before, after, evidence } = row;
  const rests = evidence === undefined ? '' : ` (evidence: ${evidence})`;
  return `alias ${alias} on ${cluster}: ${before ?? 'no replacement'} → ${after ?? 'no replacement'}${rests}`;
}

function servingSentence({ serving, cluster, model, replicas, npus }: ServingRow): string {
  const what = `model ${serving} on ${cluster}`;
  if (replicas.before === 0) {
    return `${what} is new: ${model}, ${counted(replicas.after, 'replica')}, ${counted(npus.after, 'NPU')}`;
  }
  if (replicas.after === 0) return `${what} is gone: ${counted(npus.before, 'NPU')} returned`;
  return changed(replicas)
    ? `${what}: ${replicas.before} → ${replicas.after} replicas, ${signed(by(npus))} NPUs`
    : `${what}: ${npus.before} → ${npus.after} NPUs`;
}

/** One image for another is one sentence, in however many workloads. */
function imageSentences(changes: readonly ResourceChange[]): string[] {
  const counts = new Map<string, number>();
  for (const { before, after } of workloadChanges(changes)) {
    if (!before || !after) continue;
    for (const [name, template] of Object.entries(after.templates)) {
      const old = before.templates[name];
      for (const { name: container, image } of old ? containersOf(template) : []) {
        const was = old && containersOf(old).find((c) => c.name === container)?.image;
        if (!was || !image || was === image) continue;
        const change = `${was} → ${image}`;
        counts.set(change, (counts.get(change) ?? 0) + 1);
      }
    }
  }
  return [...counts].map(([change, count]) => `image ${change} in ${counted(count, 'workload')}`);
}

/** Workloads whose pods are recreated, and what they hold meanwhile. */
function restartSentence(changes: readonly ResourceChange[]): string[] {
  const restarted = changes.filter(
    ({ action, attributes }) =>
      (action === 'update' || action === 'replace') &&
      attributes.some(({ path }) => /^spec\.(leaderWorkerTemplate\.)?\w*[tT]emplate\b/.test(path)),
  );
  if (restarted.length === 0) return [];
  const names = restarted.slice(0, 3).map(({ namespace, name }) => `${namespace}/${name}`);
  const more = restarted.length > 3 ? ` and ${restarted.length - 3} more` : '';
  return [`pods of ${names.join(', ')}${more} are recreated`];
}
