import { UserError } from '../../errors';
import { readJson } from '../../read-json';
import type { Attributes } from '../compare/view';

/** One change of `terraform show -json`, as far as it is read here. */
export interface PlannedChange {
  readonly address: string;
  /** Address before a `moved` block. @default - the same */
  readonly previous_address?: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  /** Why Terraform replaces or deletes it, `replace_because_cannot_update`. */
  readonly action_reason?: string;
  readonly change: {
    readonly actions: readonly ('no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget')[];
    readonly before: Attributes | null;
    readonly after: Attributes | null;
    /** `true` wherever a value is not known before the apply. */
    readonly after_unknown?: unknown;
    /** `true` wherever a value is sensitive. */
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
    /** Paths of attributes that force the replacement. */
    readonly replace_paths?: readonly (readonly (string | number)[])[];
    readonly importing?: object;
  };
}

type Expressions = Readonly<Record<string, unknown>>;

/** `terraform show -json PLAN`, as far as it is read here. */
export interface Plan {
  readonly format_version: string;
  readonly resource_changes?: readonly PlannedChange[];
  readonly resource_drift?: readonly PlannedChange[];
  readonly configuration?: {
    readonly provider_config?: Readonly<Record<string, { readonly expressions?: Expressions }>>;
    readonly root_module?: {
      readonly resources?: readonly {
        readonly address: string;
        readonly mode: string;
        readonly expressions?: Expressions;
      }[];
    };
  };
  readonly errored?: boolean;
}

const REMEDY = 'make it with `terraform show -json PLAN`';

/**
 * Reads a plan.
 * @throws UserError for what is no plan, or one in a format that is not known
 */
export function readPlan(file: string): Plan {
  const plan = readJson<Partial<Plan> | null>(file, REMEDY);
  const version = plan?.format_version;
  if (!plan || typeof version !== 'string' || !isPlan(plan)) {
    throw new UserError([`${file} is no plan; ${REMEDY}`]);
  }
  if (version.split('.')[0] !== '1') {
    throw new UserError([
      `${file}: format version of the plan must be 1.x; use a Terraform that writes that or a newer release of this package, got: '${version}'`,
    ]);
  }
  if (plan.errored) {
    throw new UserError([
      `${file}: Terraform did not finish this plan; fix its error and plan again`,
    ]);
  }
  return plan as Plan;
}

/** A state in JSON has a format version, too. */
function isPlan(plan: Partial<Plan>): boolean {
  const { resource_changes: changes = [], resource_drift: drift = [], configuration } = plan;
  return (
    ('configuration' in plan || 'resource_changes' in plan) &&
    [changes, drift].every((list) => Array.isArray(list) && list.every(isChange)) &&
    (configuration === undefined || typeof configuration === 'object') &&
    Array.isArray(configuration?.root_module?.resources ?? [])
  );
}

function isChange(entry: Partial<PlannedChange> | null): boolean {
  return (
    typeof entry?.address === 'string' &&
    typeof entry.type === 'string' &&
    Array.isArray(entry.change?.actions)
  );
}
