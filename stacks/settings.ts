import { throwIfAny } from '../constructs';

/** What a site sets without touching data; all from environment variables, all with defaults. */
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
  /** Day on which acknowledgements are checked, `YYYY-MM-DD`. `AICC_TODAY`. @default - nothing expires */
  readonly today?: string;
}

/** Context of a cluster: always named, so that a current context can never be hit by mistake. */
export function contextOf(settings: Settings, cluster: string): string {
  return settings.contexts[cluster] ?? cluster;
}

/**
 * Reads the settings.
 * @throws ValidationError for a value that cannot be read
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const messages: string[] = [];
  const contexts: Record<string, string> = {};
  for (const pair of (env.AICC_CONTEXTS ?? '').split(',').filter((part) => part.trim() !== '')) {
    const [cluster, context, ...rest] = pair.split('=').map((part) => part.trim());
    if (!cluster || !context || rest.length > 0) {
      messages.push(
        `AICC_CONTEXTS must be CLUSTER=CONTEXT pairs with commas; correct it, got: '${pair}'`,
      );
    } else {
      contexts[cluster] = context;
    }
  }
  const today = env.AICC_TODAY || undefined;
  if (today !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(today)) {
    messages.push(`AICC_TODAY must be a day as YYYY-MM-DD; correct it, got: '${today}'`);
  }
  throwIfAny(messages.map((message) => ({ path: 'settings', message })));
  return {
    kubeconfig: env.AICC_KUBECONFIG || '~/.kube/config',
    contexts,
    ...(env.AICC_ENVIRONMENT ? { environment: env.AICC_ENVIRONMENT } : {}),
    ...(today ? { today } : {}),
  };
}
