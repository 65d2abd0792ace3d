import type { FlagValue, VllmArguments } from '../../core/catalogue';
import type {
  Count,
  DnsLabel,
  PositiveCount,
  RequestSeconds,
  ServiceName,
  VariableValue,
} from '../../core/schema/types';
import type { SecretKey } from '../../core/secrets';
import type { LicenceAcceptance } from '../../core/serving/licence-acceptance';
import type { TenantNamespace } from '../tenant-namespace';
import type { AutoscalingOptions } from './autoscaling';
import type { ContainerOptions } from './container';
import type { WeightsSource } from './weights';

/** @title serving */
export interface ModelServingProps {
  /** Namespace that the model runs in; its cluster gives selectors and tolerations. */
  readonly tenant: TenantNamespace;
  /** Id of a model of the catalogue. */
  readonly model: string;
  /** Where the weights are: an export of the site, a claim of the namespace, or the servers' own disks. */
  readonly weights: WeightsSource;
  /** Name of workload and Service, a DNS label that begins with a letter. @default - the id of the model */
  readonly servingName?: ServiceName;
  /**
   * Name that clients call (`model` of a request), a DNS label. Several servings may have the same:
   * those that stand behind one name. @default - the id of the model
   */
  readonly alias?: DnsLabel;
  /** Whole number, 1 or more. @default 1, or as many as `autoscaling` wants */
  readonly replicas?: PositiveCount;
  /** Replicas that follow the load, in place of `replicas`. @default - their number is fixed */
  readonly autoscaling?: AutoscalingOptions;
  /**
   * Replicas beyond the wanted ones while an update rolls; needs NPUs that are free. Without, one
   * replica goes before its successor comes. @default 0
   */
  readonly surge?: Count;
  /**
   * NPUs of a replica: a whole number that the server form allows for a pod, not below the documented
   * one. More NPUs leave more memory for context. @default - that of the model's documented deployment
   */
  readonly npus?: number;
  /** Arguments of vLLM in place of those of the catalogue. @default - those of the catalogue */
  readonly arguments?: VllmArguments;
  /** Further flags of `vllm serve`, without the dashes: documented ones only. @default - none */
  readonly flags?: Readonly<Record<string, FlagValue>>;
  /** Variables of the container, nothing secret. @default - those of the catalogue */
  readonly environment?: Readonly<Record<string, VariableValue>>;
  /** Variables that come from Secrets of the namespace. @default - none */
  readonly secretEnvironment?: Readonly<Record<string, SecretKey>>;
  /** Key that callers must send (`Authorization: Bearer`). @default - none; required over several servers */
  readonly apiKey?: SecretKey;
  /** Container image. @default - that of the catalogue, or the vllm-ascend release for the server form */
  readonly image?: string;
  /** How a model of the runtime `container` is run. @default - as its image says, on port 8000 */
  readonly container?: ContainerOptions;
  /** Tenants whose pods may call it, beside gateways and monitoring. @default - none */
  readonly clients?: readonly TenantNamespace[];
  /** Acceptance of a licence with restrictions. @default - none; required for such models */
  readonly acceptLicence?: LicenceAcceptance;
  /**
   * Seconds that a request may take, 1 to 7,200: a pod that is stopped finishes what it answers.
   * @default 300
   */
  readonly requestTimeoutSeconds?: RequestSeconds;
  /** Whether the container may write to its volumes only. @default true */
  readonly readOnlyRootFilesystem?: boolean;
}
