import { isRisk, type Problem } from '../constructs';
import { check } from '../core/schema';
import { duplicates } from '../core/validate';
import type { Centre, Phase, Serving, Tenant } from './centre';
import type { CheckedData } from './check-data';
import { LAYERS } from './phase-stack';
import { type ReadableCentre, readable, servingPath, unknown } from './sections';
import { contextOf, type Settings } from './settings';
import { removedTenants } from './tenant-lock';
import { replacementProblems, soundReplacements } from './validate-replacements';
import { validateWeightsLock } from './weights-lock';

/**
 * Everything about the data as a whole that neither a schema nor a single construct can see.
 *
 * @param misshapen items that cannot be read; others may refer to them
 */
export function validateCentre(
  data: Centre,
  settings: Settings,
  misshapen: ReadonlySet<unknown>,
): Problem[] {
  const centre = readable(data, misshapen);
  const { phases } = centre.names;
  const at = (path: string) => (message: string) => ({ path, message });
  return [
    ...(phases.length > 0 ? [] : [at('phases')('a centre needs a phase; add one, got: none')]),
    ...twice(
      'phases',
      centre.phases.map((phase) => phase.id),
    ),
    ...twice(
      'clusters',
      centre.phases.map((phase) => phase.cluster.name),
    ),
    ...twice(
      'tenants',
      centre.tenants.map((tenant) => tenant.name),
    ),
    ...unknownEnvironment(phases, settings),
    ...wrongContexts(centre, settings),
    ...centre.tenants.flatMap((tenant) =>
      tenantProblems(tenant, centre.names).map(at(`tenants/${tenant.name}`)),
    ),
    ...scopeProblems(centre, phases),
    ...servingProblems(centre),
    ...replacementProblems(centre),
    ...removedTenants(data, misshapen),
    ...validateWeightsLock(data.weightsLock),
    ...strayAcknowledgements(centre, phases),
  ];
}

/**
 * The part of the data that constructs can be made of, so that their problems are found as well: the first of each
 * name, and phases that can be stacks.
 */
export function buildable(data: Centre, { told, misshapen }: CheckedData): Centre {
  const centre = readable(data, misshapen);
  return {
    ...centre,
    phases: first(centre.phases, (phase) => phase.id).filter(isStack),
    tenants: first(centre.tenants, (tenant) => tenant.name),
    servings: first(centre.servings, servingPath),
    replacements: soundReplacements(centre).filter((replacement) => !told.has(replacement)),
  };
}

/** Whether only the cluster of a phase is wrong, which its construct tells the rest of. */
function isStack(phase: Phase): boolean {
  return check('Phase', phase).every(
    ({ path: [key, inner] }) => key === 'cluster' && inner !== 'managementServers',
  );
}

/** The items without those whose name an earlier one has. */
function first<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  const names = items.map(nameOf);
  return items.filter((_, index) => names.indexOf(names[index] ?? '') === index);
}

function twice(what: string, names: readonly string[]): Problem[] {
  return duplicates(names).map((name) => ({
    path: what,
    message: `names of ${what} must be unique; rename one, got: '${name}' twice`,
  }));
}

function unknownEnvironment(phases: readonly string[], { environment }: Settings): Problem[] {
  return environment === undefined || phases.includes(environment)
    ? []
    : [
        {
          path: 'settings',
          message: `AICC_ENVIRONMENT must be a phase: ${phases.join(', ')}; change it, got: '${environment}'`,
        },
      ];
}

/** Two clusters behind one context would be deployed into each other. */
function wrongContexts(centre: Centre, settings: Settings): Problem[] {
  const clusters = [...new Set(centre.phases.map((phase) => phase.cluster.name))];
  const unknown = Object.keys(settings.contexts).filter((name) => !clusters.includes(name));
  const shared = duplicates(clusters.map((name) => contextOf(settings, name)));
  return [
    ...unknown.map(
      (name) =>
        `AICC_CONTEXTS names a cluster that does not exist; use one of ${clusters.join(', ')}, got: '${name}'`,
    ),
    ...shared.map(
      (context) =>
        `each cluster needs a context of its own; change AICC_CONTEXTS, got: '${context}' for ${clusters.filter((name) => contextOf(settings, name) === context).join(' and ')}`,
    ),
  ].map((message) => ({ path: 'settings', message }));
}

/** What only the data as a whole can tell, or no construct is given. */
function tenantProblems(
  { sector, peers = [], podSecurity, allocations }: Tenant,
  { phases, tenants: names }: ReadableCentre['names'],
): string[] {
  return [
    ...Object.keys(allocations)
      .filter((id) => !phases.includes(id))
      .map(
        (id) =>
          `allocation on a phase that does not exist; use one of ${phases.join(', ')}, got: '${id}'`,
      ),
    ...peers
      .filter((peer) => !names.includes(peer))
      .map((peer) => `peers must be tenants: ${names.join(', ')}; change it, got: '${peer}'`),
    ...(podSecurity === 'privileged' && sector !== 'centre'
      ? [
          `podSecurity 'privileged' is for tenants of the sector centre; use 'baseline', got: sector '${sector}'`,
        ]
      : []),
  ];
}

/** A tenant gets nothing before its scope is opened. */
function scopeProblems({ scopes, tenants }: Centre, phases: readonly string[]): Problem[] {
  return Object.entries(scopes ?? {}).flatMap(([scope, phase]) => {
    const opens = phases.indexOf(phase);
    const early = tenants
      .filter((tenant) => tenant.scope === scope)
      .flatMap(({ name, allocations }) =>
        Object.keys(allocations)
          .filter((id) => phases.includes(id) && phases.indexOf(id) < opens)
          .map((id) => ({
            path: `tenants/${name}`,
            message: `scope ${scope} is opened with ${phase}; allocate from there on or change the scope, got: '${id}'`,
          })),
      );
    if (opens >= 0) return early;
    const message = `a scope is opened with a phase; use one of ${phases.join(', ')}, got: '${phase}'`;
    return [{ path: `scopes/${scope}`, message }];
  });
}

function servingProblems(centre: ReadableCentre): Problem[] {
  const { phases, tenants } = centre.names;
  const problems = centre.servings.flatMap((serving) => {
    const { phase, tenant: name } = serving;
    const allocations = centre.tenants.find((entry) => entry.name === name)?.allocations;
    const found = [...unknown('phase', phase, phases), ...unknown('tenant', name, tenants)];
    if (allocations && phases.includes(phase) && !allocations[phase]) {
      found.push(
        `${name} has no allocation there; add one or use ${Object.keys(allocations).join(', ')}, got: '${phase}'`,
      );
    }
    found.push(...clientProblems(centre, serving));
    return found.map((message) => ({ path: servingPath(serving), message }));
  });
  return [...problems, ...twice('servings', centre.servings.map(servingPath))];
}

/** Clients are let in by namespace, which they have where they have an allocation. */
function clientProblems({ tenants }: Centre, { phase, clients = [] }: Serving): string[] {
  const there = tenants.filter((tenant) => tenant.allocations[phase]).map(({ name }) => name);
  return clients
    .filter((client) => !there.includes(client))
    .map(
      (client) =>
        `clients must be tenants with an allocation on ${phase}: ${there.join(', ')}; change it, got: '${client}'`,
    );
}

/** An acknowledgement counts below a stack: one for a stack that never is would not be missed. */
function strayAcknowledgements(
  { acknowledgements = [] }: Centre,
  phases: readonly string[],
): Problem[] {
  const stacks = phases.flatMap((phase) => LAYERS.map((layer) => `${phase}-${layer}`));
  return acknowledgements
    .filter(({ id, path }) => !isRisk(id) && !stacks.includes(path.split('/')[0] ?? ''))
    .map(({ id, path }) => ({
      path: 'acknowledgements',
      message: `path of ${id} must begin with a stack; use one of ${stacks.join(', ')}, got: '${path}'`,
    }));
}
