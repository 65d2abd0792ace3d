import type {
  V1ClusterRole,
  V1DaemonSet,
  V1Deployment,
  V1Namespace,
  V1NetworkPolicy,
  V1PersistentVolumeClaim,
  V1PodDisruptionBudget,
  V1PriorityClass,
  V1ResourceQuota,
  V1RoleBinding,
  V1StatefulSet,
  V1ValidatingAdmissionPolicy,
  V1ValidatingAdmissionPolicyBinding,
} from '@kubernetes/client-node';
import { isWorkload, WORKLOADS, type Workload, workloadOf } from '../../kubernetes/workloads';
import type { ResourceChange } from './change';

/** Kinds that rules look into. */
interface Kinds {
  Namespace: V1Namespace;
  ResourceQuota: V1ResourceQuota;
  NetworkPolicy: V1NetworkPolicy;
  PersistentVolumeClaim: V1PersistentVolumeClaim;
  Role: V1ClusterRole;
  ClusterRole: V1ClusterRole;
  RoleBinding: V1RoleBinding;
  ClusterRoleBinding: V1RoleBinding;
  PodDisruptionBudget: V1PodDisruptionBudget;
  PriorityClass: V1PriorityClass;
  Deployment: V1Deployment;
  StatefulSet: V1StatefulSet;
  DaemonSet: V1DaemonSet;
  ValidatingAdmissionPolicy: V1ValidatingAdmissionPolicy;
  ValidatingAdmissionPolicyBinding: V1ValidatingAdmissionPolicyBinding;
}

/** A change of an object of a kind, with both sides typed. */
export interface ObjectChange<T> {
  readonly change: ResourceChange;
  readonly before?: T;
  readonly after?: T;
}

/** By kind: every rule asks, and there may be thousands. */
const BY_KIND = new WeakMap<readonly ResourceChange[], Map<string, ResourceChange[]>>();

function ofKind(changes: readonly ResourceChange[], kind: string): readonly ResourceChange[] {
  let kinds = BY_KIND.get(changes);
  if (!kinds) {
    kinds = new Map();
    for (const change of changes) {
      const same = kinds.get(change.kind);
      if (same) same.push(change);
      else kinds.set(change.kind, [change]);
    }
    BY_KIND.set(changes, kinds);
  }
  return kinds.get(kind) ?? [];
}

/** Changes of objects of some kinds. */
export function changesOf<K extends keyof Kinds>(
  changes: readonly ResourceChange[],
  ...kinds: readonly K[]
): ObjectChange<Kinds[K]>[] {
  return kinds
    .flatMap((kind) => ofKind(changes, kind))
    .map((change) => {
      const { before, after, action } = change;
      return {
        change,
        ...(before ? { before: before as unknown as Kinds[K] } : {}),
        // What Terraform only forgets stays as it is.
        ...(after && action !== 'destroy' ? { after: after as unknown as Kinds[K] } : {}),
      };
    });
}

const BY_CHANGES = new WeakMap<readonly ResourceChange[], ObjectChange<Workload>[]>();

/** Changes of everything that makes pods. */
export function workloadChanges(
  changes: readonly ResourceChange[],
): readonly ObjectChange<Workload>[] {
  const known = BY_CHANGES.get(changes);
  if (known) return known;
  const own = [...WORKLOADS].flatMap((kind) => ofKind(changes, kind));
  const workloads = own.map((change) => ({
    change,
    ...(change.before ? { before: workloadOf(change.before) } : {}),
    ...(change.after ? { after: workloadOf(change.after) } : {}),
  }));
  BY_CHANGES.set(changes, workloads);
  return workloads;
}

/** Namespaces that come, or go, with a change: what is in them comes or goes with them. */
export function namespacesThat(
  happen: 'come' | 'go',
  changes: readonly ResourceChange[],
): ReadonlySet<string> {
  const action = happen === 'come' ? 'create' : 'destroy';
  const own = changes.filter((change) => change.kind === 'Namespace' && change.action === action);
  return new Set(own.map((change) => `${phaseOf(change)} ${change.name}`));
}

/** Key of the namespace of an object, for `namespacesThat`. */
export function namespaceOf(change: ResourceChange): string {
  return `${phaseOf(change)} ${change.namespace ?? ''}`;
}

/** `phase-100p` of `phase-100p-tenants`: stacks of one phase are of one cluster. */
function phaseOf({ stack }: ResourceChange): string {
  return stack.replace(/-(cluster|tenants|models)$/, '');
}

/** Whether a whole stack comes, or goes, with it: of a cluster that is new, nothing is widened. */
export function isOfWholeStack({ whole, stack }: ResourceChange): boolean {
  return whole === stack;
}

/** Path of the construct that holds a resource. */
export function parentOf({ path }: Pick<ResourceChange, 'path'>): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Parents whose workload comes, or goes, with the change. */
export function workloadParents(
  action: 'create' | 'destroy',
  changes: readonly ResourceChange[],
): ReadonlySet<string> {
  return new Set(
    changes.filter((change) => isWorkload(change) && change.action === action).map(parentOf),
  );
}
