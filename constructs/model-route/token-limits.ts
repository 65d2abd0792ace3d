import type { DnsLabel } from '../../core/schema/types';
import { duplicates, mistakes } from '../../core/validate';

/** Header in which a gateway that knows its clients tells the tenant. */
export const TENANT_HEADER = 'x-aicc-tenant';

/** Tokens that a tenant may use of an alias. */
export interface TokenLimit {
  readonly tenant: DnsLabel;
  /**
   * A tenant that may use none is no caller.
   * @asType integer
   * @minimum 1
   * @maximum 4294967295
   */
  readonly tokensPerHour: number;
}

/** Dynamic metadata of a request: a value that a part of a gateway leaves to others. */
export interface MetadataKey {
  readonly namespace: string;
  readonly key: string;
}

/** The rate limit of a BackendTrafficPolicy: one rule for all tenants. */
export interface TokenRateLimit {
  readonly type: 'Global';
  readonly global: { readonly rules: readonly [Rule] };
}

interface Rule {
  readonly clientSelectors: readonly {
    readonly headers: readonly { readonly name: string; readonly type: 'Distinct' }[];
  }[];
  readonly limit: {
    readonly requests: number;
    readonly unit: 'Hour';
    readonly fromMetadata?: MetadataKey;
  };
  readonly cost: {
    readonly request: { readonly from: 'Number'; readonly number: 0 };
    readonly response: { readonly from: 'Metadata'; readonly metadata: MetadataKey };
  };
  readonly shared: true;
}

/** Largest limit of Envoy Gateway (v1.9.1 api/v1alpha1/ratelimit_types.go), and for an hour none at all. */
const LARGEST_LIMIT = 4_294_967_295;

/** Where the script leaves the limit of the tenant that asks. */
const OWN_LIMIT: MetadataKey = { namespace: 'aicc.internal', key: 'token_limit' };

/**
 * Finds the limit of the tenant in ` nankai=200000 tianda=100000 ` and leaves it where the rate limit reads it. The
 * limits are a parameter, and one text: a changed script would change the listener of all aliases, and Terraform
 * replaces an object of a free form when a key comes to it.
 */
const SCRIPT = `function envoy_on_request(handle)
  local tenant = handle:headers():get("${TENANT_HEADER}")
  local limits = handle:filterContext():get("limits")
  if tenant == nil or limits == nil then return end
  local _, before = string.find(limits, " " .. tenant .. "=", 1, true)
  if before == nil then return end
  local tokens = tonumber(string.match(limits, "^%d+", before + 1))
  handle:streamInfo():dynamicMetadata():set("${OWN_LIMIT.namespace}", "${OWN_LIMIT.key}", { requests_per_unit = tokens, unit = "HOUR" })
end
`;

interface Limits {
  readonly callers: 'all' | readonly string[];
  readonly tokenLimits: readonly TokenLimit[];
}

/**
 * One rule for all tenants of an alias. Its counters are told apart by the tenant, and by the rule's place among the
 * rules, which is always the first, so that no order and no further tenant moves a count; `shared`, it counts over all
 * hostnames of the route (envoyproxy/gateway v1.9.1 internal/xds/translator/ratelimit.go).
 *
 * @param usage where the number of tokens of an answer is found
 */
export function tokenRateLimit(limits: Limits, usage: MetadataKey): TokenRateLimit {
  const numbers = limits.tokenLimits.map(({ tokensPerHour }) => tokensPerHour);
  return {
    type: 'Global',
    global: {
      rules: [
        {
          clientSelectors: [{ headers: [{ name: TENANT_HEADER, type: 'Distinct' }] }],
          limit: {
            requests: coversAll(limits) ? Math.min(...numbers) : LARGEST_LIMIT,
            unit: 'Hour',
            ...(differ(limits) ? { fromMetadata: OWN_LIMIT } : {}),
          },
          cost: {
            // Checked with the request, paid with the answer.
            request: { from: 'Number', number: 0 },
            response: { from: 'Metadata', metadata: { ...usage } },
          },
          shared: true,
        },
      ],
    },
  };
}

/** The script that tells the rule the limit of each tenant. @returns undefined where all have the same one */
export function limitScript(limits: Limits) {
  if (!differ(limits)) return undefined;
  const text = limits.tokenLimits
    .map(({ tenant, tokensPerHour }) => `${tenant}=${tokensPerHour}`)
    .sort()
    .join(' ');
  return {
    type: 'Inline' as const,
    inline: SCRIPT,
    filterContext: { limits: ` ${text} ` },
  };
}

/** Whether a tenant's limit has to be looked up: they are different, or not all callers have one. */
function differ(limits: Limits): boolean {
  const numbers = new Set(limits.tokenLimits.map(({ tokensPerHour }) => tokensPerHour));
  return numbers.size > 1 || !coversAll(limits);
}

function coversAll({ callers, tokenLimits }: Limits): boolean {
  const limited = new Set(tokenLimits.map(({ tenant }) => tenant));
  return callers !== 'all' && callers.every((tenant) => limited.has(tenant));
}

/**
 * @param gateway whether it knows its clients and the tokens of their answers, and runs Lua
 */
export function validateTokenLimits(
  limits: Limits,
  gateway: { readonly counts: boolean; readonly lua: boolean },
): string[] {
  const { callers, tokenLimits } = limits;
  if (tokenLimits.length === 0) return [];
  return mistakes(
    !gateway.counts &&
      `token limits need a gateway that knows clients and tokens; set envoyGateway with apiKeys and tokenUsage, or remove tokenLimits, got: limits of ${tokenLimits.map(({ tenant }) => tenant).join(', ')}`,
    !gateway.lua &&
      differ(limits) &&
      `token limits that are not the same for every caller need Lua in Envoy Gateway, off there by default; set envoyGateway.lua where its extensionApis.enableLua is true, or name all callers and give them one limit, got: ${spoken(limits)}`,
    tokenLimits.flatMap(({ tenant, tokensPerHour }) =>
      tokensPerHour === 0
        ? [
            `a limit of 0 lets the first request of every hour in; remove the tenant from callers instead, got: tokensPerHour 0 of '${tenant}'`,
          ]
        : [],
    ),
    tokenLimits
      .filter(({ tenant }) => callers !== 'all' && !callers.includes(tenant))
      .map(
        ({ tenant }) => `token limits are for callers; add the tenant to callers, got: '${tenant}'`,
      ),
    duplicates(tokenLimits.map(({ tenant }) => tenant)).map(
      (tenant) => `a tenant has one token limit; remove one, got: '${tenant}' twice`,
    ),
  );
}

function spoken({ callers, tokenLimits }: Limits): string {
  const given = tokenLimits.map(({ tenant, tokensPerHour }) => `${tenant} ${tokensPerHour}`);
  const limited = new Set(tokenLimits.map(({ tenant }) => tenant));
  const without = callers === 'all' ? ['others'] : callers.filter((name) => !limited.has(name));
  return [...given, ...without.map((name) => `${name} none`)].join(', ');
}
