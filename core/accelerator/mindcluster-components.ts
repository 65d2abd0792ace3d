import { type DataFile, readData } from '../data-files';
import type { MindClusterComponent } from './mindcluster-images';

/** Why something is there, and where it was read. */
interface Noted {
  readonly note?: string;
  readonly source?: string;
}

/** One component as this package runs it: what `data/components/*.json` hold. */
export interface ComponentFile extends DataFile {
  /** Of the workload. */
  readonly name: string;
  readonly namespace: string;
  /** Labels by which the pods are found. */
  readonly labels: Readonly<Record<string, string>>;
  /** A pod on every NPU server, or one on a management server. */
  readonly runsOn: 'npu-servers' | 'management-server';
  readonly log: LogFolder;
  /** What it may do in the whole cluster. @default - nothing: it has no account of its own */
  readonly access?: {
    readonly serviceAccount: string;
    /** Name of ClusterRole and ClusterRoleBinding. */
    readonly roleName: string;
    readonly rules: readonly AccessRule[];
  };
  readonly mounts: readonly HostMount[];
  /** Fields of the pod as Kubernetes has them. */
  readonly pod: PodFields;
  readonly container: ContainerFields;
}

/** Folder of a component under `/var/log` of the host, and who owns it. */
export interface LogFolder extends Noted {
  /** `mindx-dl/noded`. */
  readonly path: string;
  /** Numeric user and group. */
  readonly owner: number;
}

/** Verbs on resources of an API group. */
export interface AccessRule extends Noted {
  /** @default - the core group */
  readonly groups?: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Minor releases of Kubernetes 1 in which it is needed. @default - all */
  readonly sinceMinor?: number;
  readonly untilMinor?: number;
}

/** A path of the host that a component mounts at the same path. */
export interface HostMount extends Noted {
  readonly name: string;
  readonly path: string;
  /** What must be there; without it nothing is checked. */
  readonly type?: 'Directory' | 'DirectoryOrCreate' | 'File';
  /** @default false */
  readonly readOnly?: boolean;
}

interface PodFields extends Noted {
  readonly affinity?: {
    readonly nodeAffinity: {
      readonly requiredDuringSchedulingIgnoredDuringExecution: {
        readonly nodeSelectorTerms: readonly {
          readonly matchExpressions: readonly {
            readonly key: string;
            readonly operator: string;
            readonly values: readonly string[];
          }[];
        }[];
      };
    };
  };
  /** Beside the taint of NPU servers. */
  readonly tolerations?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly effect?: string;
  }[];
  /** @default - that of the components of the centre */
  readonly priorityClassName?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly hostPID?: boolean;
  readonly hostNetwork?: boolean;
  readonly dnsPolicy?: string;
  readonly securityContext?: { readonly seccompProfile: { readonly type: string } };
}

interface ContainerFields extends Noted {
  readonly name: string;
  /** Shell command that the container becomes, without its flags. */
  readonly start: string;
  /** Those of the health server come behind them. */
  readonly flags: readonly (Noted & { readonly flag: string })[];
  /** Requests and limits by nodes of the cluster: the first that is large enough. */
  readonly sizes: readonly (Noted & {
    /** @default - any number */
    readonly upToNodes?: number;
    readonly cpu: string;
    readonly memory: string;
  })[];
  /** When the health server is asked. */
  readonly health: Noted & {
    readonly port: number;
    readonly initialDelaySeconds: number;
    /** @default 15 */
    readonly periodSeconds?: number;
    /** @default 5 */
    readonly timeoutSeconds?: number;
  };
  readonly securityContext: Noted & {
    readonly privileged?: boolean;
    readonly readOnlyRootFilesystem?: boolean;
    readonly runAsUser?: number;
    readonly runAsGroup?: number;
    readonly allowPrivilegeEscalation?: boolean;
    readonly capabilities?: { readonly drop: readonly string[] };
  };
  readonly ports?: readonly (Noted & {
    readonly name: string;
    readonly containerPort: number;
    readonly protocol?: string;
  })[];
  /** Variables with a value, or with a field of the pod. */
  readonly env?: readonly (Noted & {
    readonly name: string;
    readonly value?: string;
    readonly field?: string;
  })[];
}

/** What files and constructs of the components are called. */
export const COMPONENT_NAMES: Readonly<Record<MindClusterComponent, string>> = {
  devicePlugin: 'device-plugin',
  npuExporter: 'npu-exporter',
  noded: 'noded',
  clusterd: 'clusterd',
};

/** A component with its rights, mounts and flags, each with its source. */
export function componentFile(component: MindClusterComponent): ComponentFile {
  const file = `${COMPONENT_NAMES[component]}.json`;
  return readData<ComponentFile>(__dirname, 'data/components', file);
}
