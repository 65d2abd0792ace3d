import type { PoolEntry, Taint, Toleration } from './ledger';

/** What decides on which servers a pod may run. */
interface Pod {
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
}

/** Whether pods with these tolerations are let on a node with a taint (kubernetes.io, "Taints and Tolerations"). */
export function toleratesTaint(
  tolerations: readonly Toleration[],
  { key, value = '', effect }: Taint,
): boolean {
  if (effect === 'PreferNoSchedule') return true;
  return tolerations.some(
    (toleration) =>
      (toleration.effect ?? effect) === effect &&
      (toleration.operator === 'Exists'
        ? (toleration.key ?? key) === key
        : toleration.key === key && (toleration.value ?? '') === value),
  );
}

/** Whether a pod may run on every server of a pool, as far as labels and taints decide. */
export function mayRunOn(pod: Pod, { labels, taints }: PoolEntry): boolean {
  return (
    Object.entries(pod.nodeSelector).every(([key, value]) => labels[key] === value) &&
    taints.every((taint) => toleratesTaint(pod.tolerations, taint))
  );
}
