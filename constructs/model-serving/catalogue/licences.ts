import type { Licence, Restriction } from './licence';

/** A licence text: what it restricts, and where that was read. */
interface LicenceText {
  readonly restrictions: readonly Restriction[];
  readonly text: string;
}

/** Licences of the catalogue, by SPDX id where one exists. */
export const LICENCES = {
  MIT: { restrictions: [], text: 'spdx.org/licenses/MIT' },
  'Apache-2.0': { restrictions: [], text: 'spdx.org/licenses/Apache-2.0' },
} as const satisfies Readonly<Record<string, LicenceText>>;

/**
 * The licence of a model.
 * @param source where it is said that the model has this licence
 */
export function licence(name: keyof typeof LICENCES, source: string, assumed?: string): Licence {
  const { restrictions } = LICENCES[name];
  return { name, restrictions, source, ...(assumed ? { assumed } : {}) };
}
