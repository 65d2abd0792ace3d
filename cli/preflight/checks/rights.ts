import type { Check } from '../../checks/check';
import type { Said } from '../../findings';
import type { ApiResource, LiveCluster } from '../../live/cluster';
import type { RenderedObject } from '../../manifests/render';
import type { PreflightSubject } from '../subject';

/** What Terraform's provider does with objects that it owns, and with those that it only patches. */
const OWN = ['get', 'create', 'patch', 'update', 'delete'] as const;
const PATCHED = ['get', 'patch'] as const;

/** Whoever makes roles must hold what is in them, or these rights. */
const BEYOND: Readonly<Record<string, string>> = {
  Role: 'escalate',
  ClusterRole: 'escalate',
  RoleBinding: 'bind',
  ClusterRoleBinding: 'bind',
};

/** The provider looks up the schemas of custom objects among all CRDs (`manifest/provider/resource.go`). */
const SCHEMAS: Wanted = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  verbs: new Set(['list']),
  namespaces: new Set(),
};

interface Wanted {
  readonly apiVersion: string;
  readonly kind: string;
  readonly verbs: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
}

export const rights: Check<PreflightSubject> = {
  id: 'AICC-PRE-024',
  level: 'error',
  title: 'the caller may do everything that the deployment does',
  why:
    'A right that is missing shows in the middle of a deployment, when half of the objects are ' +
    'made.',
  remedy: 'give the right to the account of the kubeconfig, or deploy with another one',
  async check({ phase, cluster }) {
    return Promise.all(
      wantedRights(phase.objects).map(async (wanted) => {
        const resource = await cluster.resource(wanted.apiVersion, wanted.kind);
        // That the kind is missing is found already.
        return resource && missingRights(cluster, wanted, resource);
      }),
    );
  },
};

function wantedRights(objects: readonly RenderedObject[]): Wanted[] {
  const wanted = new Map<string, { verbs: Set<string>; namespaces: Set<string> } & Wanted>();
  for (const { object, patchBy } of objects) {
    const { apiVersion, kind } = object;
    const key = `${apiVersion} ${kind}`;
    const entry = wanted.get(key) ?? {
      apiVersion,
      kind,
      verbs: new Set(),
      namespaces: new Set(),
    };
    for (const verb of patchBy === undefined ? OWN : PATCHED) entry.verbs.add(verb);
    if (object.metadata.namespace) entry.namespaces.add(object.metadata.namespace);
    wanted.set(key, entry);
  }
  const custom = objects.some(({ address }) => address.startsWith('kubernetes_manifest.'));
  return [...wanted.values(), ...(custom ? [SCHEMAS] : [])];
}

async function missingRights(
  cluster: LiveCluster,
  { apiVersion, kind, verbs, namespaces }: Wanted,
  resource: ApiResource,
): Promise<Said[]> {
  const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  const may = (verb: string, namespace?: string) =>
    mayI(cluster, { group, resource: resource.name, verb, ...(namespace ? { namespace } : {}) });
  const denied = async (verb: string): Promise<string[]> => {
    if (await may(verb)) return [];
    if (!resource.namespaced) return ['the cluster'];
    const names = [...namespaces];
    const allowed = await Promise.all(names.map((namespace) => may(verb, namespace)));
    return names.filter((_, index) => !allowed[index]);
  };
  const missing = new Map<string, string[]>();
  for (const verb of verbs) {
    const where = (await denied(verb)).join(', ');
    if (where) missing.set(where, [...(missing.get(where) ?? []), verb]);
  }
  const path = `${resource.name}${group ? ` of ${group}` : ''}`;
  const beyond = BEYOND[kind];
  const found: Said[] = [...missing].map(([where, list]) => ({
    path,
    statement: `the caller may not ${list.join(', ')} in ${where}`,
  }));
  if (!beyond || missing.size > 0 || (await denied(beyond)).length === 0) return found;
  return [
    {
      level: 'warning',
      path,
      statement: `the caller may not ${beyond}`,
      remedy: `the API server takes a ${kind} only from callers that hold every right in it themselves, or may ${beyond}`,
    },
  ];
}

interface Attributes {
  readonly group?: string;
  readonly resource: string;
  readonly verb: string;
  readonly namespace?: string;
}

/** A review of the caller's own rights: it is answered and not kept. */
async function mayI(cluster: LiveCluster, resourceAttributes: Attributes): Promise<boolean> {
  const { status } = await cluster.call<{ status: { allowed: boolean } }>(
    'POST',
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    {
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes },
      },
    },
  );
  return status.allowed;
}
