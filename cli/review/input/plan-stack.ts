import { basename } from 'node:path';
import { mustBeThere, UserError } from '../../errors';
import { type Output, type ReviewedStack, SETTINGS_TYPE } from './output';
import { type Plan, readPlan } from './plan';

/** A plan and the stack that it is of. */
export interface StackPlan {
  readonly file: string;
  readonly stack: string;
  readonly plan: Plan;
}

/**
 * Reads plans and finds out which stack each is of: by the addresses of its resources and the context
 * of its provider.
 *
 * @param args `FILE`, or `STACK=FILE` where two stacks cannot be told apart
 * @param head output that the plans were made from; without it a stack is called like its file
 * @throws UserError for a plan of no stack of the output, or two of one stack
 */
export function readPlans(args: readonly string[], head: Output | undefined): StackPlan[] {
  const plans = args.map((arg) => {
    const [, name, file] = /^([A-Za-z0-9_-]+)=(.+)$/s.exec(arg) ?? [undefined, undefined, arg];
    const plan = readPlan(file);
    const stack = head ? stackOf(file, plan, head, name) : (name ?? basename(file, '.json'));
    return { file, stack, plan };
  });
  for (const plan of plans) {
    const { stack, file } = plan;
    const first = plans.find((other) => other.stack === stack);
    if (first && first !== plan) {
      throw new UserError([
        `${file} and ${first.file} are plans of one stack; leave one out, got: ${stack} twice`,
      ]);
    }
  }
  return plans;
}

function stackOf(file: string, plan: Plan, head: Output, name: string | undefined): string {
  const stacks = [...head.stacks.values()];
  if (name !== undefined) mustBeThere('stack', [name], [...head.stacks.keys()]);
  const named = stacks.filter((stack) => name === undefined || stack.name === name);
  const own = plannedAddresses(plan);
  const same = named.filter((stack) => sameAddresses(stack, own));
  const found = same.length > 1 ? same.filter((stack) => sameContext(stack, plan)) : same;
  if (found.length === 1 && found[0]) return found[0].name;
  const problem =
    found.length > 1
      ? `fits ${found.map((stack) => stack.name).join(' and ')}; say which with STACK=${file}`
      : `is not a plan of ${name ?? 'any stack'} of ${head.name}; plan what was synthesized there${closest(named, own)}`;
  throw new UserError([`${file} ${problem}`]);
}

function plannedAddresses({ configuration }: Plan): Set<string> {
  const resources = configuration?.root_module?.resources ?? [];
  return new Set(resources.filter(({ mode }) => mode === 'managed').map(({ address }) => address));
}

function addressesOf(stack: ReviewedStack): string[] {
  return [...stack.resources.keys()].filter((address) => address !== SETTINGS_TYPE);
}

function sameAddresses(stack: ReviewedStack, planned: ReadonlySet<string>): boolean {
  const own = addressesOf(stack);
  return own.length === planned.size && own.every((address) => planned.has(address));
}

/** What the nearest stack and the plan do not share. */
function closest(stacks: readonly ReviewedStack[], planned: ReadonlySet<string>): string {
  const [nearest] = stacks
    .map((stack) => {
      const own = addressesOf(stack);
      const missing = own.filter((address) => !planned.has(address));
      const shared = own.length - missing.length;
      return { stack, missing, extra: planned.size - shared, shared };
    })
    .sort((a, b) => b.shared - a.shared);
  if (!nearest || nearest.shared === 0)
    return `, got: ${planned.size} resources, none of them known`;
  const { stack, missing, extra } = nearest;
  return `, got: of ${stack.name} ${missing.length} resources are missing and ${extra} are unknown`;
}

type Provider = Readonly<Record<string, unknown>>;

function sameContext(stack: ReviewedStack, { configuration }: Plan): boolean {
  const settings = stack.resources.get(SETTINGS_TYPE)?.attributes as {
    provider?: Readonly<Record<string, readonly Provider[]>>;
  };
  return Object.entries(settings?.provider ?? {}).every(([type, [own = {}]]) => {
    const planned = configuration?.provider_config?.[type]?.expressions ?? {};
    return Object.entries(own).every(
      ([key, value]) =>
        typeof value !== 'string' ||
        (planned[key] as { constant_value?: unknown } | undefined)?.constant_value === value,
    );
  });
}
