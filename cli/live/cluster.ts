import { existsSync } from 'node:fs';
import http from 'node:http';
import https, { Agent, type RequestOptions } from 'node:https';
import { text as readText } from 'node:stream/consumers';
import { KubeConfig } from '@kubernetes/client-node';
import { UserError } from '../errors';
import type { KubernetesObject } from '../manifests/render';

/** A kubeconfig file and one of its contexts: never the current one by surprise. */
export interface Target {
  readonly kubeconfig: string;
  readonly context: string;
}

/** A request that the API server has refused: mostly a right that the caller does not have. */
export class ApiError extends UserError {
  constructor(
    /** HTTP status, 404. */
    readonly code: number,
    /** `reason` of the Status, `NotFound`. */
    readonly reason: string,
    message: string,
  ) {
    super([message]);
    this.name = 'ApiError';
  }
}

/** Where a kind is served. */
export interface ApiResource {
  /** Plural, `deployments`. */
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

export type ObjectRef = Pick<KubernetesObject, 'apiVersion' | 'kind'> & {
  readonly metadata: { readonly name: string; readonly namespace?: string };
};

interface Call {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: string;
}

/** Requests under way at once; what is more waits here. */
const CONNECTIONS = 16;

const TIMEOUT_MS = 60_000;

/**
 * A cluster through its API server, in plain JSON. Authentication is that of `@kubernetes/client-node`;
 * its object API is not used because it opens a connection a request, and drops fields that it has
 * renamed (`from` of a NetworkPolicy, `default` of a LimitRange).
 */
export class LiveCluster {
  private agent?: http.Agent;
  private closed = false;
  private readonly discovered = new Map<string, Promise<readonly ApiResource[]>>();

  private constructor(
    readonly target: Target,
    /** For watches. */
    readonly config: KubeConfig,
    private readonly server: string,
  ) {}

  /** @throws UserError when the file or the context is not there */
  static open(target: Target): LiveCluster {
    const { kubeconfig, context } = target;
    if (!existsSync(kubeconfig)) {
      throw new UserError([`kubeconfig does not exist; name another file, got: '${kubeconfig}'`]);
    }
    const config = new KubeConfig();
    try {
      config.loadFromFile(kubeconfig);
    } catch (error) {
      const [line] = (error as Error).message.split('\n');
      throw new UserError([`kubeconfig '${kubeconfig}' cannot be read; correct it, got: ${line}`]);
    }
    const names = config.getContexts().map(({ name }) => name);
    if (!names.includes(context)) {
      throw new UserError([
        `kubeconfig '${kubeconfig}' has no such context; use one of ${names.join(', ') || '(none)'}, got: '${context}'`,
      ]);
    }
    config.setCurrentContext(context);
    const server = config.getCurrentCluster()?.server;
    if (!server)
      throw new UserError([`context has no cluster; correct '${kubeconfig}', got: '${context}'`]);
    return new LiveCluster(target, config, server.replace(/\/$/, ''));
  }

  /** Ends what is under way; every later call fails. */
  close(): void {
    this.closed = true;
    this.agent?.destroy();
  }

  /**
   * One request to the API server.
   * @returns the JSON of its answer
   * @throws ApiError when it refuses, UserError when it does not answer
   */
  async call<T>(method: string, path: string, { query, body, contentType }: Call = {}): Promise<T> {
    const search = query ? `?${new URLSearchParams(query)}` : '';
    const url = new URL(`${this.server}${path}${search}`);
    const options: RequestOptions = {};
    await this.config.applyToHTTPSOptions(options).catch((error: Error) => {
      // Of a certificate, a token file or a program that the kubeconfig names.
      const { kubeconfig, context } = this.target;
      const [line] = error.message.split('\n');
      throw new UserError([
        `context '${context}' of kubeconfig '${kubeconfig}' cannot be used; correct it, got: ${line}`,
      ]);
    });
    if (this.closed) throw new UserError(['interrupted']);
    this.agent ??= keptAlive(options.agent);
    options.agent = this.agent;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const sent = (url.protocol === 'http:' ? http : https).request(url, {
      ...options,
      method,
      timeout: TIMEOUT_MS,
      headers: {
        ...options.headers,
        accept: 'application/json',
        ...(text === undefined
          ? {}
          : {
              'content-type': contentType ?? 'application/json',
              'content-length': `${Buffer.byteLength(text)}`,
            }),
      },
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer in ${TIMEOUT_MS / 1000} s`)));
    const { status, answer } = await answered(sent, text).catch((error: NodeJS.ErrnoException) => {
      throw new UserError([
        `the API server of context '${this.target.context}' does not answer; check ${this.server}, got: ${error.message || error.code}`,
      ]);
    });
    if (status >= 200 && status < 300) return (answer ? JSON.parse(answer) : undefined) as T;
    throw refusal(status, answer);
  }

  /** Kinds of a group and version. @returns none where it is not served */
  resources(apiVersion: string): Promise<readonly ApiResource[]> {
    let found = this.discovered.get(apiVersion);
    if (!found) {
      const path = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
      found = this.call<{ resources: ApiResource[] }>('GET', path)
        .then(({ resources }) => resources.filter(({ name }) => !name.includes('/')))
        .catch((error) => {
          this.discovered.delete(apiVersion);
          if (error instanceof ApiError && error.code === 404) return [];
          throw error;
        });
      this.discovered.set(apiVersion, found);
    }
    return found;
  }

  /** Where a kind is served. @returns undefined where it is not */
  async resource(apiVersion: string, kind: string): Promise<ApiResource | undefined> {
    const find = async () =>
      (await this.resources(apiVersion)).find((resource) => resource.kind === kind);
    const known = await find();
    if (known) return known;
    // A CRD may have come since.
    this.discovered.delete(apiVersion);
    return find();
  }

  /** @returns undefined where the object, or its kind, is not there */
  async get<T = KubernetesObject>(ref: ObjectRef): Promise<T | undefined> {
    const path = await this.pathOf(ref);
    if (!path) return undefined;
    return this.call<T>('GET', path).catch(ifNotFound);
  }

  /** Objects of a kind. @returns none where the kind is not served */
  async list<T = KubernetesObject>(
    apiVersion: string,
    kind: string,
    query: { readonly namespace?: string; readonly labels?: string; readonly fields?: string } = {},
  ): Promise<T[]> {
    const resource = await this.resource(apiVersion, kind);
    if (!resource) return [];
    const path = collectionPath(apiVersion, resource, query.namespace);
    const { items } = await this.call<{ items: T[] }>('GET', path, {
      query: {
        ...(query.labels ? { labelSelector: query.labels } : {}),
        ...(query.fields ? { fieldSelector: query.fields } : {}),
      },
    });
    // Items of a list come without kind.
    return items.map((item) => ({ apiVersion, kind, ...item }));
  }

  async create<T = KubernetesObject>(object: KubernetesObject): Promise<T> {
    const { namespace } = object.metadata;
    const resource = await this.served(object);
    return this.call('POST', collectionPath(object.apiVersion, resource, namespace), {
      body: object,
    });
  }

  /** Server-side apply. */
  async apply(
    object: KubernetesObject,
    fieldManager: string,
    force = false,
  ): Promise<KubernetesObject> {
    await this.served(object);
    return this.call('PATCH', (await this.pathOf(object)) ?? '', {
      query: { fieldManager, ...(force ? { force: 'true' } : {}) },
      body: object,
      contentType: 'application/apply-patch+yaml',
    });
  }

  /** Merge patch. @param subresource `status` */
  async patch(ref: ObjectRef, change: object, subresource?: string): Promise<KubernetesObject> {
    await this.served(ref);
    const path = `${await this.pathOf(ref)}${subresource ? `/${subresource}` : ''}`;
    return this.call('PATCH', path, { body: change, contentType: 'application/merge-patch+json' });
  }

  /** Deletes an object and, in the background, what it owns. No error where it is not there. */
  async remove(ref: ObjectRef): Promise<void> {
    const path = await this.pathOf(ref);
    if (!path) return;
    const query = { propagationPolicy: 'Background' };
    await this.call('DELETE', path, { query }).catch(ifNotFound);
  }

  /** Path of an object. @returns undefined where its kind is not served */
  private async pathOf({ apiVersion, kind, metadata }: ObjectRef): Promise<string | undefined> {
    const resource = await this.resource(apiVersion, kind);
    if (!resource) return undefined;
    return `${collectionPath(apiVersion, resource, metadata.namespace)}/${metadata.name}`;
  }

  private async served({ apiVersion, kind }: Pick<ObjectRef, 'apiVersion' | 'kind'>) {
    const resource = await this.resource(apiVersion, kind);
    if (!resource)
      throw new ApiError(404, 'NotFound', `kind ${kind} of ${apiVersion} is not served`);
    return resource;
  }
}

function collectionPath(apiVersion: string, resource: ApiResource, namespace?: string): string {
  const group = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
  const scope = resource.namespaced && namespace ? `/namespaces/${namespace}` : '';
  return `${group}${scope}/${resource.name}`;
}

/** The agent of the kubeconfig, with connections that are used again; a proxy's stays as it is. */
function keptAlive(agent: RequestOptions['agent']): http.Agent | undefined {
  if (typeof agent !== 'object') return undefined;
  return agent instanceof Agent && agent.constructor === Agent
    ? new Agent({ ...agent.options, keepAlive: true, maxSockets: CONNECTIONS })
    : agent;
}

function answered(
  sent: http.ClientRequest,
  body: string | undefined,
): Promise<{ readonly status: number; readonly answer: string }> {
  return new Promise((resolve, reject) => {
    sent.on('error', reject);
    sent.on('response', (response) => {
      const { statusCode: status = 0 } = response;
      readText(response).then((answer) => resolve({ status, answer }), reject);
    });
    sent.end(body);
  });
}

function refusal(code: number, answer: string): ApiError {
  try {
    const { reason = '', message = answer } = JSON.parse(answer) as Partial<ApiError>;
    return new ApiError(code, reason, message);
  } catch {
    return new ApiError(code, '', answer.trim().slice(0, 300));
  }
}

function ifNotFound(error: unknown): undefined {
  if (error instanceof ApiError && error.code === 404) return undefined;
  throw error;
}
