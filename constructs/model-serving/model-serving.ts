import { Construct } from 'constructs';
import { type Problem, ValidationError } from '../../core/errors';
import { LABEL_PREFIX, MANAGED_BY, SERVING_LABEL } from '../../core/names';
import { serviceUrl, servingEndpoint } from '../../core/serving/endpoint';
import { startBudget } from '../../core/serving/start-budget';
import { checkProps } from '../check-props';
import type { ComputeCluster } from '../compute-cluster';
import { kubernetesObject } from '../kubernetes-object';
import { addAutoscaler } from './autoscaling';
import { resolve } from './checks';
import { addDeployment } from './deployment';
import { addDisruptionBudget, DISRUPTION_BUDGET } from './disruption';
import { addGroups } from './groups/leader-worker-set';
import { addNetworkPolicies, addService } from './network';
import { servingPlan } from './plan';
import type { ModelServingProps } from './props';
import { rollingUpdate } from './rollout';
import { type ServerTraffic, serverTraffic } from './server-traffic';
import type { ResolvedServing } from './serving';
import { ModelWeights, readGibPerSecond } from './weights';

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

  private serving(props: ModelServingProps, wrong: readonly Problem[]): ResolvedServing {
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
