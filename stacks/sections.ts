import type { Acknowledgement } from '../constructs';
import type { SchemaName } from '../core/schema';
import type { Centre, Phase, Serving, Tenant } from './centre';
import type { Replacement } from './replacements';

/** Keys and indices in the data of a centre: `['servings', 3, 'replicas']`. */
export type DataPath = readonly (string | number)[];

/** What a list of a centre's data holds. */
interface Items {
  readonly phases: Phase;
  readonly tenants: Tenant;
  readonly servings: Serving;
  readonly replacements: Replacement;
  readonly acknowledgements: Acknowledgement;
}

/** Keys of a centre that hold lists of items with a name. */
export type Section = keyof Items;

interface SectionRule<T> {
  /** Type of its items. */
  readonly type: SchemaName;
  /** Parts of the path that problems of an item are told under. */
  readonly parts: (item: T) => readonly (string | undefined)[];
}

export const SECTION_RULES: { readonly [S in Section]: SectionRule<Items[S]> } = {
  phases: { type: 'Phase', parts: ({ id }) => [id] },
  tenants: { type: 'Tenant', parts: ({ name }) => ['tenants', name] },
  servings: {
    type: 'Serving',
    parts: ({ phase, tenant, name, model }) => ['servings', phase, tenant, name ?? model],
  },
  replacements: { type: 'Replacement', parts: ({ alias }) => ['replacements', alias] },
  acknowledgements: { type: 'Acknowledgement', parts: ({ path }) => [path] },
};

export const SECTIONS = Object.keys(SECTION_RULES) as readonly Section[];

/** Path of a serving's problems; no other serving has it. */
export function servingPath(serving: Serving): string {
  return SECTION_RULES.servings.parts(serving).join('/');
}

/** Items of a section; none where it is no list, which its schema tells. */
export function itemsOf<S extends Section>(centre: Centre, section: S): readonly Items[S][] {
  const items: unknown = centre[section];
  return Array.isArray(items) ? items : [];
}

/** What problems of an item are told under: its name, or its place where it has none. */
export function pathOf<S extends Section>(section: S, item: Items[S], index: number): string {
  const parts: readonly unknown[] = isObject(item) ? SECTION_RULES[section].parts(item) : [];
  return parts.length > 0 && parts.every((part) => typeof part === 'string')
    ? parts.join('/')
    : `${section}[${index}]`;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/** What is wrong with a name that must be one of some. */
export function unknown(what: string, name: string, names: readonly string[]): string[] {
  return names.includes(name)
    ? []
    : [`unknown ${what}; use one of ${names.join(', ')}, got: '${name}'`];
}

/** The items of a centre that can be read, and the names of all, which others may refer to. */
export interface ReadableCentre extends Centre {
  readonly names: Readonly<Record<'phases' | 'tenants', readonly string[]>>;
}

/** @param misshapen items that cannot be read */
export function readable(centre: Centre, misshapen: ReadonlySet<unknown>): ReadableCentre {
  const sound = <T>(items: readonly T[]) => items.filter((item) => !misshapen.has(item));
  return {
    ...centre,
    phases: sound(centre.phases),
    tenants: sound(centre.tenants),
    servings: sound(centre.servings),
    replacements: sound(centre.replacements ?? []),
    acknowledgements: sound(centre.acknowledgements ?? []),
    names: {
      phases: centre.phases.map((phase) => phase?.id),
      tenants: centre.tenants.map((tenant) => tenant?.name),
    },
  };
}
