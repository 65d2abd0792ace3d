import { Construct } from 'constructs';
import type { FlagValue, VllmArguments } from '../../core/catalogue';
import { type Problem, ValidationError } from '../../core/errors';
import { LABEL_PREFIX, MANAGED_BY, SERVING_LABEL } from '../../core/names';
import type {
  Count,
  DnsLabel,
  PositiveCount,
  RequestSeconds,
  ServiceName,
  VariableValue,
} from '../../core/schema/types';
import type { SecretKey } from '../../core/secrets';
import { serviceUrl, servingEndpoint } from '../../core/serving/endpoint';
import type { LicenceAcceptance } from '../../core/serving/licence-acceptance';
import { startBudget } from '../../core/serving/start-budget';
import { checkProps } from '../check-props';
import type { ComputeCluster } from '../compute-cluster';
import { kubernetesObject } from '../kubernetes-object';
import type { TenantNamespace } from '../tenant-namespace';
import { type AutoscalingOptions, addAutoscaler } from './autoscaling';
import { resolve } from './checks';
import type { ContainerOptions } from './container';
import { addDeployment } from './deployment';
import { addDisruptionBudget, DISRUPTION_BUDGET } from './disruption';
import { addGroups } from './groups/leader-worker-set';
import { addNetworkPolicies, addService } from './network';
import { servingPlan } from './plan';
import { rollingUpdate } from './rollout';
import { type ServerTraffic, serverTraffic } from './server-traffic';
import type { Serving } from './serving';
import { ModelWeights, readGibPerSecond, type WeightsSource } from './weights';

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

/** An assumption of ours: a long answer of a large model takes minutes. */
const REQUEST_TIMEOUT_SECONDS = 300;

/**
 * A model that is served: by vllm-ascend on one or several servers a replica, or by a container of the
 * site. Workload, Service, account without rights, PodDisruptionBudget, autoscaler and network policies.
 * It hands its cluster everything that proofs ask for.
 *
 * @throws ValidationError with everything that is wrong with the props
 */
export class ModelServing extends Construct {
  /** Name of the Service; unique in its namespace. Metrics of the serving carry it as `serving`. */
  readonly servingName: string;
  readonly cluster: ComputeCluster;
  readonly namespace: string;
  /** Name that clients call, what vLLM serves the model as. */
  readonly alias: string;
  /** Address inside the cluster. */
  readonly endpoint: string;
  /** What a gateway has to know of its servers. */
  readonly traffic: ServerTraffic;

  constructor(scope: Construct, id: string, props: ModelServingProps) {
    super(scope, id);
    const wrong = checkProps(this, 'ModelServingProps', props);
    this.servingName = props.servingName ?? props.model;
    this.cluster = props.tenant.cluster;
    this.namespace = props.tenant.namespace;
    this.alias = props.alias ?? props.model;
    const serving = this.serving(props, wrong);
    this.endpoint = serving.container
      ? serviceUrl(this.servingName, this.namespace)
      : servingEndpoint(this.servingName, this.namespace);

    const { metadata, fit, budget } = serving;
    const always = props.autoscaling?.minReplicas ?? props.replicas ?? 1;
    this.traffic = serverTraffic(serving, props.autoscaling?.maxReplicas ?? always);
    const update = rollingUpdate(props.surge ?? 0);
    const rollout = {
      ...update,
      ...(props.autoscaling ? {} : { replicas: always }),
      annotations: { [`${LABEL_PREFIX}/start-budget`]: budget.explanation },
    };
    const add = fit.pods > 1 ? addGroups : addDeployment;
    // An account of its own, so that no right that somebody gives another one is the serving's, too.
    const { imagePullSecret } = props.tenant;
    kubernetesObject(this, 'account', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata,
      automountServiceAccountToken: false,
      imagePullSecrets: imagePullSecret ? [{ name: imagePullSecret }] : undefined,
    });
    const workload = add(this, 'Resource', serving, rollout);
    if (props.weights instanceof ModelWeights) props.weights.outlive(workload);
    if (props.autoscaling) addAutoscaler(this, 'autoscaler', serving, props.autoscaling);
    addService(this, 'service', serving);
    addDisruptionBudget(this, 'pdb', serving);
    // Policies do not bind pods on the network of the host: none is better than one that is believed.
    if (fit.pods === 1) addNetworkPolicies(this, 'ingress', serving, props.clients ?? []);
    props.tenant.cluster.registerServing(
      servingPlan(this.node.path, serving, {
        replicas: always,
        maxReplicas: props.autoscaling?.maxReplicas,
        rollout: update,
        disruptionBudget: DISRUPTION_BUDGET,
      }),
    );
  }

  private serving(props: ModelServingProps, wrong: readonly Problem[]): Serving {
    const path = this.node.path;
    const { tenant } = props;
    const resolved = resolve(this.servingName, props);
    if (Array.isArray(resolved) || wrong.length > 0) {
      const others = Array.isArray(resolved) ? resolved : [];
      throw new ValidationError([...wrong, ...others.map((message) => ({ path, message }))]);
    }
    const { model } = resolved;
    const container = model.runtime === 'container' ? (props.container ?? {}) : undefined;
    const podLabels = {
      'app.kubernetes.io/name': container ? 'model-container' : 'vllm-ascend',
      [SERVING_LABEL]: this.servingName,
      [`${LABEL_PREFIX}/model`]: model.id,
    };
    return {
      ...resolved,
      tenant,
      metadata: {
        name: this.servingName,
        namespace: tenant.namespace,
        labels: { ...podLabels, ...MANAGED_BY },
      },
      podLabels,
      selector: { [SERVING_LABEL]: this.servingName },
      alias: this.alias,
      weights: props.weights,
      container,
      arguments: props.arguments ?? {},
      flags: props.flags ?? {},
      environment: props.environment ?? {},
      secretEnvironment: props.secretEnvironment ?? {},
      apiKey: props.apiKey,
      budget: startBudget(model, resolved.fit, readGibPerSecond(props.weights)),
      requestTimeoutSeconds: props.requestTimeoutSeconds ?? REQUEST_TIMEOUT_SECONDS,
      readOnlyRootFilesystem: props.readOnlyRootFilesystem ?? true,
    };
  }
}
