const UNITS: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  ...Object.fromEntries(['k', 'M', 'G', 'T', 'P', 'E'].map((unit, i) => [unit, 1000 ** (i + 1)])),
  ...Object.fromEntries(
    ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((unit, i) => [unit, 1024 ** (i + 1)]),
  ),
};

/**
 * Number of a Kubernetes quantity: `500m` is 0.5, `2Gi` is 2,147,483,648.
 * @returns NaN for what is none
 */
export function quantity(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(m|k|[MGTPE]|[KMGTPE]i)?$/.exec(text);
  return match ? Number(match[1]) * (UNITS[match[2] ?? ''] ?? Number.NaN) : Number.NaN;
}

/** The same of memory, in GiB. */
export function quantityGib(text: string): number {
  return quantity(text) / 1024 ** 3;
}
