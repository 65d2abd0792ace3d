import { findModel, type Model, type Problem, type Stage, stageIndex } from '../constructs';
import { validateHistory, validateWeight } from '../core/stages';
import { duplicates } from '../core/validate';
import { type Centre, SECTORS } from './centre';
import type { Replacement } from './replacements';
import { type ReadableCentre, unknown } from './sections';

/** What only the data as a whole can tell about replacements; the rest is told by their constructs. */
export function replacementProblems(centre: ReadableCentre): Problem[] {
  const { replacements = [] } = centre;
  return [
    ...duplicates(replacements.map(({ alias }) => alias)).map((alias) => ({
      path: 'replacements',
      message: `an alias has one replacement in the centre; rename one, got: '${alias}' twice`,
    })),
    ...replacements.flatMap((replacement) =>
      [
        ...validateHome(replacement, centre),
        ...validateTenants(replacement, centre),
        ...validateHistory(replacement),
        ...validateDates(replacement, centre),
        ...validateNext(replacement),
      ].map((message) => ({ path: pathOf(replacement), message })),
    ),
  ];
}

function validateHome(
  { phase, tenant: name }: Replacement,
  { phases, tenants, names }: ReadableCentre,
): string[] {
  if (!names.phases.includes(phase)) return unknown('phase', phase, names.phases);
  const home = phases.find(({ id }) => id === phase);
  const tenant = tenants.find((entry) => entry.name === name);
  return [
    ...(!home || home.cluster.gateway
      ? []
      : [
          `an alias is reached through a gateway, and ${home.cluster.name} has none; set gateway of the cluster, got: '${phase}'`,
        ]),
    ...(!tenant || tenant.allocations[phase]
      ? []
      : [
          `${name} has no NPUs on the home cluster of the alias; add an allocation or use ${Object.keys(tenant.allocations).join(', ')}, got: '${phase}'`,
        ]),
  ];
}

function validateTenants(
  { tenant, owner, callers }: Replacement,
  { names: { tenants: names } }: ReadableCentre,
): string[] {
  return [
    ...unknown('tenant', tenant, names),
    ...unknown('owner', owner, [...SECTORS, ...names]),
    ...unknownCallers(callers, names),
  ];
}

function unknownCallers(callers: Replacement['callers'], names: readonly string[]): string[] {
  const unknown = callers === 'all' ? [] : callers.filter((caller) => !names.includes(caller));
  return unknown.length === 0
    ? []
    : [
        `unknown tenants among callers; use ${names.join(', ')}, or 'all', got: ${unknown.join(', ')}`,
      ];
}

/** The replacements that constructs can be made of: those that nothing has been said about yet. */
export function soundReplacements(centre: ReadableCentre): Replacement[] {
  const { replacements = [] } = centre;
  const told = new Set(replacementProblems(centre).map(({ path }) => path));
  return replacements.filter(
    (replacement, index) =>
      !told.has(pathOf(replacement)) &&
      replacements.findIndex(({ alias }) => alias === replacement.alias) === index,
  );
}

function pathOf({ alias }: Replacement): string {
  return `replacements/${alias}`;
}

/** No step before its models were there, or before its cluster was in service. */
function validateDates(replacement: Replacement, { phases }: Centre): string[] {
  const { history, foreign, domestic, phase } = replacement;
  const inService = phases.find(({ id }) => id === phase)?.inService;
  const first = (from: Stage) =>
    history.find(({ stage }) => stageIndex(stage) >= stageIndex(from))?.date;
  const models = [
    { model: findModel(foreign.model), date: first('foreign') },
    { model: findModel(domestic.model), date: first('shadow') },
  ];
  const started = first('foreign');
  return [
    ...models.flatMap(({ model, date }) => (model && date ? beforeRelease(model, date) : [])),
    ...(inService === undefined || started === undefined || !isBefore(started, inService)
      ? []
      : [
          `no step before the cluster of the alias is in service (${phase}: ${inService}); correct the date or the phase, got: ${started}`,
        ]),
  ];
}

function beforeRelease({ title, released }: Model, date: string): string[] {
  // Of a release that is known by its month, only the end is sure.
  const month = released.value.length === 7;
  const early = month ? date.slice(0, 7) <= released.value : isBefore(date, released.value);
  return early
    ? [
        `no step before a model is there: ${title} was released ${month ? 'in ' : ''}${released.value} (${released.source}); correct the date, got: ${date}`,
      ]
    : [];
}

/** Whether a day is before a day or a month; everything is before what is only planned. */
function isBefore(day: string, since: string): boolean {
  return day.slice(0, since.length) < since;
}

/** What is aimed at is a step from what runs. */
function validateNext({ history, next }: Replacement): string[] {
  const last = history.at(-1);
  if (!next || !last) return [];
  const steps = stageIndex(next.stage) - stageIndex(last.stage);
  const wrong = validateWeight(next, `next, ${next.by}`);
  return [
    ...wrong,
    ...(wrong.length === 0 && steps === 0 && next.weight === last.weight
      ? [`next is a step from what runs; change it or leave it out, got: '${next.stage}' again`]
      : []),
    ...(next.stage === 'canary' || next.weight === undefined
      ? []
      : [
          `only a canary has a weight; leave next.weight out, got: ${next.weight} in ${next.stage}`,
        ]),
    ...(isBefore(next.by, last.date.slice(0, 7))
      ? [`next is after the last step, of ${last.date}; correct next.by, got: ${next.by}`]
      : []),
    ...(steps <= 1
      ? []
      : [
          `next is one stage from what runs, ${last.stage}; aim at the one after it, got: '${next.stage}'`,
        ]),
  ];
}
