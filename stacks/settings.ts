import { throwIfAny } from '../constructs';
import { lookup } from '../core/lookup';
import { nearest } from '../core/schema';
import type { Day } from '../core/schema/types';
import { duplicates, validateDay } from '../core/validate';
import { readStateSettings, type StateSettings } from './state-settings';

/** What a site sets without touching data; all from environment variables, all with defaults. @title settings */
export interface Settings {
  /** Phase up to which the centre is synthesized. `AICC_ENVIRONMENT`. @default - all phases */
  readonly environment?: string;
  /** Kubeconfig file. `AICC_KUBECONFIG`. @default '~/.kube/config' */
  readonly kubeconfig: string;
  /**
   * Context of each cluster where it is not named like the cluster.
   * `AICC_CONTEXTS`, `tj-1=admin@tj-1,tj-2=…`. @default - none
   */
  readonly contexts: Readonly<Record<string, string>>;
  /**
   * Where states are kept. `AICC_BACKEND`: `local`, `pg`, `s3://BUCKET[/PREFIX][?region=…&endpoint=…]` or
   * `kubernetes://NAMESPACE[?context=…]`.
   * @default - files beside the output, in `terraform-state/`
   */
  readonly state?: StateSettings;
  /**
   * Whether namespaces of tenants that are not retired, and claims of weights in them, are kept from deletion.
   * `AICC_PROTECT_TENANTS`, `true` or `false`.
   * @default true
   */
  readonly protectTenants?: boolean;
  /**
   * Day on which terms of tenants and acknowledgements are checked, `YYYY-MM-DD`. `AICC_TODAY`.
   * @default - nothing expires; `main.ts` gives the current day
   */
  readonly today?: Day;
  /**
   * What happens where a proof fails: nothing is written, or everything with the failure in `capacity.json`, so
   * that a review can say what it does. `AICC_FAILED_PROOFS`.
   * @default 'refuse'
   */
  readonly failedProofs?: 'refuse' | 'write';
}

/** Context of a cluster: always named, so that a current context can never be hit by mistake. */
export function contextOf(settings: Settings, cluster: string): string {
  return lookup(settings.contexts, cluster) ?? cluster;
}

/** Variables of this package, without `AICC_`. */
const VARIABLES = [
  ...['ENVIRONMENT', 'KUBECONFIG', 'CONTEXTS', 'BACKEND', 'PROTECT_TENANTS', 'TODAY'],
  ...['FAILED_PROOFS', 'TOKEN_TRACES'],
];

/** Variables that nobody reads and that are nearly called like one that is read; others may be the site's. */
function misspelt(names: readonly string[]): string[] {
  return names
    .flatMap((name) => /^AICC_(.+)$/.exec(name)?.[1] ?? [])
    .filter((name) => !VARIABLES.includes(name))
    .flatMap((name) => {
      const near = nearest(name, VARIABLES);
      return near === undefined
        ? []
        : [
            `unknown variable; did you mean 'AICC_${near}'? rename or unset it, got: 'AICC_${name}'`,
          ];
    });
}

/**
 * Reads the settings.
 * @throws ValidationError for a value that cannot be read
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const messages = misspelt(Object.keys(env));
  const pairs: [cluster: string, context: string][] = [];
  for (const pair of (env.AICC_CONTEXTS ?? '').split(',').filter((part) => part.trim() !== '')) {
    const [cluster, context, ...rest] = pair.split('=').map((part) => part.trim());
    if (!cluster || !context || rest.length > 0) {
      messages.push(
        `AICC_CONTEXTS must be CLUSTER=CONTEXT pairs with commas; correct it, got: '${pair}'`,
      );
    } else {
      pairs.push([cluster, context]);
    }
  }
  const today = env.AICC_TODAY || undefined;
  if (today !== undefined) messages.push(...validateDay('AICC_TODAY', today));
  const protect = env.AICC_PROTECT_TENANTS || 'true';
  if (protect !== 'true' && protect !== 'false') {
    messages.push(`AICC_PROTECT_TENANTS must be true or false; change it, got: '${protect}'`);
  }
  const failed = env.AICC_FAILED_PROOFS || 'refuse';
  if (failed !== 'refuse' && failed !== 'write') {
    messages.push(`AICC_FAILED_PROOFS must be refuse or write; change it, got: '${failed}'`);
  }
  const state = readStateSettings(env.AICC_BACKEND || 'local');
  if (!('kind' in state)) messages.push(...state);
  for (const cluster of duplicates(pairs.map(([name]) => name))) {
    messages.push(`AICC_CONTEXTS must name a cluster once; remove one, got: '${cluster}' twice`);
  }
  throwIfAny(messages.map((message) => ({ path: 'settings', message })));
  return {
    kubeconfig: env.AICC_KUBECONFIG || '~/.kube/config',
    contexts: Object.fromEntries(pairs),
    protectTenants: protect === 'true',
    failedProofs: failed === 'write' ? 'write' : 'refuse',
    ...('kind' in state ? { state } : {}),
    ...(env.AICC_ENVIRONMENT ? { environment: env.AICC_ENVIRONMENT } : {}),
    ...(today ? { today } : {}),
  };
}
