/** Minor release of `1.34` or `1.34.4`; NaN where it is neither. */
export function kubernetesMinor(version: string): number {
  return Number(/^1\.(\d{1,3})(\.\d+)?$/.exec(version)?.[1] ?? Number.NaN);
}
