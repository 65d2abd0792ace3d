/** How many replicas there are, and how they are replaced. */
export interface Rollout {
  /** @default - an autoscaler decides */
  readonly replicas?: number;
  readonly maxSurge: number;
  readonly maxUnavailable: number;
  /** Annotations of the workload. */
  readonly annotations: Record<string, string>;
}

/**
 * Replicas beyond and below the wanted number while an update rolls. NPUs are rarely spare: a new
 * pod would wait for the devices that the old one holds, and the old one for the new. So one replica
 * goes before its successor comes, unless there is room for `surge` more. Both zero cannot be said.
 */
export function rollingUpdate(surge: number): Pick<Rollout, 'maxSurge' | 'maxUnavailable'> {
  return surge > 0 ? { maxSurge: surge, maxUnavailable: 0 } : { maxSurge: 0, maxUnavailable: 1 };
}
