/** Minor release of `1.34` or `1.34.4`; NaN where it is neither. */
export function kubernetesMinor(version: string): number {
  return Number(/^1\.(0|[1-9]\d{0,2})(\.(0|[1-9]\d*))?$/.exec(version)?.[1] ?? Number.NaN);
}
