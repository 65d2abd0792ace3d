import { join } from 'node:path';
import { readSide } from '../../../../cli/review/input/output';
import { type Review, review } from '../../../../cli/review/review';
import type { NodePoolProps } from '../../../../constructs';
import { synthesizeCentre } from '../../../../stacks/build';
import type { Centre, Phase, Serving, Tenant } from '../../../../stacks/centre';
import type { Settings } from '../../../../stacks/settings';
import { tianjin } from '../../../../stacks/tianjin';
import { temporaryFolder } from '../../../helpers/temporary-folder';

export const TODAY = '2026-11-24';

/** Data of a centre that a scenario may change. */
export type Draft = { -readonly [K in keyof Centre]: Centre[K] };

/** One change of the data of the real centre, and what a review must say of it. */
export interface Scenario {
  readonly name: string;
  /** What there is before. @default - the data as it is */
  readonly from?: (draft: Draft) => void;
  readonly change: (draft: Draft) => void;
  /** Last phase that is synthesized. @default 'phase-100p' */
  readonly environment?: string;
  /** @default - the same on both sides */
  readonly settings?: Partial<Settings>;
  readonly exit: 0 | 2 | 3 | 4;
  /** Ids of the risks that are found, each once, in order. */
  readonly risks: readonly string[];
  /** What the comment says beside it. */
  readonly says: readonly RegExp[];
}

function draftOf(change: (draft: Draft) => void): Centre {
  // What is removed without a tombstone is for the review to say here.
  const draft: Draft = { ...structuredClone(tianjin), lock: {} };
  change(draft);
  return draft;
}

const folder = temporaryFolder();
let count = 0;

function synthesize(change: (draft: Draft) => void, settings: Partial<Settings>): string {
  const out = join(folder, `${count++}`);
  const all = { kubeconfig: '~/.kube/config', contexts: {}, today: TODAY, ...settings };
  synthesizeCentre(draftOf(change), all, out);
  return out;
}

const bases = new Map<string, string>();

/** The data as it is, synthesized once for each environment. */
function baseOf(environment: string): string {
  const known = bases.get(environment) ?? synthesize(() => {}, { environment });
  bases.set(environment, known);
  return known;
}

export function reviewScenario(scenario: Scenario): Review {
  const { from, change, environment = 'phase-100p', settings } = scenario;
  const before = from ? synthesize(from, { environment }) : baseOf(environment);
  const after = synthesize(
    (draft) => {
      from?.(draft);
      change(draft);
    },
    { environment, ...settings },
  );
  return review({
    base: readSide('base', before),
    head: readSide('head', after),
    plans: [],
    today: TODAY,
  });
}

/** Replaces the tenant of a name. */
export function tenant(name: string, change: (tenant: Tenant) => Partial<Tenant>) {
  return (draft: Draft): void => {
    const found = draft.tenants.find((entry) => entry.name === name);
    if (!found) throw new Error(`no tenant ${name}`);
    draft.tenants = draft.tenants.map((entry) =>
      entry === found ? { ...entry, ...change(entry) } : entry,
    );
  };
}

/** Gives the tenant of a name another share on a phase. */
export function share(name: string, guarantee: number, ceiling: number, phase = 'phase-100p') {
  return tenant(name, ({ allocations }) => ({
    allocations: { ...allocations, [phase]: { guarantee, ceiling } },
  }));
}

export function withoutTenant(name: string) {
  return (draft: Draft): void => {
    draft.tenants = draft.tenants.filter((entry) => entry.name !== name);
  };
}

/** Replaces a phase. */
export function phase(id: string, change: (phase: Phase) => Partial<Phase>) {
  return (draft: Draft): void => {
    draft.phases = draft.phases.map((entry) =>
      entry.id === id ? { ...entry, ...change(entry) } : entry,
    );
  };
}

/** Gives the cluster of a phase other options. */
export function options(change: NonNullable<Phase['cluster']['options']>, id = 'phase-100p') {
  return phase(id, ({ cluster }) => ({
    cluster: { ...cluster, options: { ...cluster.options, ...change } },
  }));
}

/** Changes the pool of a phase. */
export function pool(change: Partial<NodePoolProps>, id = 'phase-100p') {
  return phase(id, ({ cluster }) => ({
    cluster: { ...cluster, pools: cluster.pools.map((entry) => ({ ...entry, ...change })) },
  }));
}

/** Replaces the serving of a model on a phase. */
export function serving(
  model: string,
  change: (serving: Serving) => Partial<Serving>,
  id = 'phase-100p',
) {
  return (draft: Draft): void => {
    draft.servings = draft.servings.map((entry) =>
      entry.model === model && entry.phase === id ? { ...entry, ...change(entry) } : entry,
    );
  };
}

/** Several changes at once. */
export function all(...changes: ((draft: Draft) => void)[]) {
  return (draft: Draft): void => {
    for (const change of changes) change(draft);
  };
}
