import { POOL_LABEL, RACK_LABEL } from '../names';
import type { HostEntry, PoolEntry, Taint, Toleration } from './inventory';

/** Labels that a server has once it has joined. */
export function labelsOf(pool: PoolEntry, host: HostEntry): Record<string, string> {
  return {
    ...pool.labels,
    // Ours stand together: where pools are not labelled, racks are not either.
    ...(POOL_LABEL in pool.labels ? { [RACK_LABEL]: host.rack } : {}),
    'kubernetes.io/hostname': host.name,
  };
}

export function selects(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** Taints that keep a pod away: those that none of its tolerations names. */
export function untolerated(taints: readonly Taint[], tolerations: readonly Toleration[]): Taint[] {
  return taints.filter(
    (taint) =>
      taint.effect !== 'PreferNoSchedule' &&
      !tolerations.some((toleration) => tolerates(toleration, taint)),
  );
}

/** As Kubernetes does (k8s.io/api `core/v1/toleration.go`). */
function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  if (operator === 'Exists') return true;
  return key !== undefined && (value ?? '') === (taint.value ?? '');
}
