import { validateDnsLabel } from '../core/validate';

/** Where the state of each stack is kept; credentials are never part of it. */
export type StateSettings =
  | { readonly kind: 'local' }
  /** A schema a stack; the address comes from `PG_CONN_STR` or `PGHOST` and its like. */
  | { readonly kind: 'pg' }
  /** An object a stack; keys come from `AWS_ACCESS_KEY_ID` and its like. */
  | {
      readonly kind: 's3';
      readonly bucket: string;
      /** Folder of the objects. @default - none */
      readonly prefix?: string;
      /** @default - `AWS_REGION` */
      readonly region?: string;
      /** URL of a server that is not Amazon's. @default - Amazon's */
      readonly endpoint?: string;
    }
  /** A Secret a stack, reached with the kubeconfig of the stacks. */
  | {
      readonly kind: 'kubernetes';
      readonly namespace: string;
      /** Cluster that keeps the states of all phases. @default - each phase's own */
      readonly context?: string;
    };

const NAME = 'AICC_BACKEND';
const ALLOWED =
  'local, pg, s3://BUCKET[/PREFIX][?region=…&endpoint=…] or kubernetes://NAMESPACE[?context=…]';

/** Queries that each kind takes. */
const QUERIES = { s3: ['region', 'endpoint'], kubernetes: ['context'] };

/** Reads `AICC_BACKEND`. @returns the settings, or what is wrong with them */
export function readStateSettings(text: string): StateSettings | readonly string[] {
  if (text === 'local' || text === 'pg') return { kind: text };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const kind = url?.protocol.slice(0, -1);
  if (!url || (kind !== 's3' && kind !== 'kubernetes')) {
    // What follows may be an address with its password, and is not repeated.
    return [`${NAME} must be ${ALLOWED}; change it, got: '${text.replace(/:.*/s, ':…')}'`];
  }
  if (url.username || url.password) {
    return [
      `${NAME} must hold no credentials, because it goes into the output; give them by AWS_ACCESS_KEY_ID and its like, got: ${kind}://…@${url.hostname}`,
    ];
  }
  const unknown = [...url.searchParams.keys()].filter((key) => !QUERIES[kind].includes(key));
  const problems = unknown.map(
    (key) =>
      `${NAME} knows ${QUERIES[kind].join(' and ')} after '?' for ${kind}; remove the rest, got: '${key}'`,
  );
  const query = Object.fromEntries([...url.searchParams].filter(([, value]) => value !== ''));
  const path = url.pathname.replace(/^\/|\/$/g, '');
  const settings: StateSettings =
    kind === 's3'
      ? { kind, bucket: url.hostname, ...(path ? { prefix: path } : {}), ...query }
      : { kind, namespace: url.hostname, ...query };
  problems.push(...problemsOf(settings));
  if (kind === 'kubernetes' && path !== '') {
    problems.push(`${NAME} has no path for kubernetes; remove it, got: '${path}'`);
  }
  return problems.length > 0 ? problems : settings;
}

/** Names of buckets (AWS, "Bucket naming rules"), as far as they matter here. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/;

function problemsOf(settings: StateSettings): string[] {
  if (settings.kind === 'kubernetes') {
    return validateDnsLabel(`${NAME}: the namespace`, settings.namespace);
  }
  if (settings.kind !== 's3') return [];
  const { bucket, prefix, endpoint } = settings;
  return [
    ...(BUCKET.test(bucket)
      ? []
      : [
          `${NAME}: a bucket has 3 to 63 lower-case letters, digits, '-' and '.'; rename it, got: '${bucket}'`,
        ]),
    ...(prefix === undefined || PREFIX.test(prefix)
      ? []
      : [
          `${NAME}: a prefix is names of letters, digits, '-', '_' and '.' with '/' between; rename it, got: '${prefix}'`,
        ]),
    ...(endpoint === undefined || /^https?:\/\/[^/]+\/?$/.test(endpoint)
      ? []
      : [`${NAME}: the endpoint must be an http or https URL; correct it, got: '${endpoint}'`]),
  ];
}
