import { LABEL_PREFIX } from '../../../core/names';
import type { AttributeChange, FoldReason } from './change';
import type { Difference } from './diff';
import { isQuantityPath, sameQuantity } from './quantity';
import { replacesResource } from './replacement';
import { isMasked, mask, SENSITIVE, withoutMasks } from './sensitive';

/** What is known of the resource of a difference. */
export interface Surroundings {
  /** Terraform type. */
  readonly type: string;
  /** Kind of the object that it stands for. @default - none */
  readonly kind?: string;
  /** Labels that a selector of the output names. */
  readonly selected: ReadonlySet<string>;
}

/** Decides what of a difference is shown. */
export function treat(difference: Difference, around: Surroundings): AttributeChange {
  const { path, before, after } = difference;
  const sides = {
    ...('before' in difference ? { before } : {}),
    ...('after' in difference ? { after } : {}),
  };
  const replaces = replacesResource(around.type, around.kind, difference) ? { replaces: true } : {};
  if (isSensitiveChange(difference)) {
    return { path, ...withoutSecrets(sides), treatment: 'masked', ...replaces };
  }
  const fold = foldReason(difference, around);
  return fold
    ? { path, ...sides, treatment: 'folded', fold }
    : { path, ...sides, treatment: 'shown', ...replaces };
}

/** What is created or destroyed is one line: its attributes are counted, and listed in the JSON. */
export function asPartOfWhole(change: AttributeChange): AttributeChange {
  return change.treatment === 'masked'
    ? change
    : { ...change, treatment: 'folded', fold: 'whole resource' };
}

/** Whether nothing that can be shown differs. */
function isSensitiveChange({ before, after }: Difference): boolean {
  if (isMasked(before) || isMasked(after)) return true;
  const text = (value: unknown) => JSON.stringify(value) ?? '';
  if (!text(before).includes('\ue000') && !text(after).includes('\ue000')) return false;
  return readable(before) === readable(after);
}

/** Where one side is a secret, the other is one, too: it may only not be marked any more, or not yet. */
function withoutSecrets(sides: Pick<Difference, 'before' | 'after'>) {
  return Object.fromEntries(
    Object.entries(sides).map(([side, value]) => [
      side,
      readable(value)?.includes(SENSITIVE) ? value : mask(value),
    ]),
  );
}

/** A value as JSON, masks written as for people. */
export function readable(value: unknown): string {
  return JSON.stringify(value, (_, item) => (typeof item === 'string' ? withoutMasks(item) : item));
}

function foldReason(difference: Difference, around: Surroundings): FoldReason | undefined {
  const { path, before, after } = difference;
  if (path.startsWith('terraform.depends_on')) return 'order of apply';
  if (OF_THE_CLUSTER.test(path)) return 'set by the cluster';
  if (difference.order) return inPodTemplate(path) || isOrdered(path) ? undefined : 'order';
  if (isQuantityPath(path) && sameQuantity(before, after)) return 'same value';
  return around.type === 'kubernetes_labels' || around.type === 'kubernetes_annotations'
    ? undefined
    : metadataNoise(path, around);
}

/** What the API server writes, in an object that was read back. */
const OF_THE_CLUSTER =
  /^(metadata\.(generation|resourceVersion|uid|creationTimestamp|managedFields|selfLink)|status)\b/;

/** Any difference there makes new pods, whatever it means. */
function inPodTemplate(path: string): boolean {
  return /^spec\.([a-zA-Z.]*\.)?(template|workerTemplate|leaderTemplate)\b/.test(path);
}

/** Lists whose order says something. */
function isOrdered(path: string): boolean {
  return /(^|\.)(command|args|initContainers|groups\[[^\]]*\]\.rules|variables|matches|filters|parentRefs)$/.test(
    path,
  );
}

/** Keys that a controller, a policy or a person acts on. */
const MEANINGFUL = new RegExp(
  `^(${[LABEL_PREFIX, 'pod-security.kubernetes.io', '[a-z.-]*huawei.com', '[a-z.-]*volcano.sh', 'leaderworkerset.sigs.k8s.io', 'service.kubernetes.io', 'kueue.x-k8s.io'].join('|')})/`,
);

/** What is only read by people. */
const FOR_PEOPLE = new Set([`${LABEL_PREFIX}/display-name`]);

function metadataNoise(path: string, around: Surroundings): FoldReason | undefined {
  const [, what, key = ''] =
    /^metadata\.(labels|annotations)(?:\.|\[)([^\]]+)\]?$/.exec(path) ?? [];
  if (!what) return undefined;
  if (FOR_PEOPLE.has(key)) return what === 'labels' ? 'label' : 'annotation';
  if (MEANINGFUL.test(key) || (what === 'labels' && around.selected.has(key))) return undefined;
  return what === 'labels' ? 'label' : 'annotation';
}
