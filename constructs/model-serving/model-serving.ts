import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { PodDisruptionBudgetV1 } from '@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1';
import { ServiceV1 } from '@cdktf/provider-kubernetes/lib/service-v1';
import { Construct } from 'constructs';
import type { ComputeCluster, NodePool } from '../compute-cluster';
import { throwIfAny } from '../errors';
import { LABEL_PREFIX, MANAGED_BY, SERVING_LABEL } from '../names';
import { gatewayNamespaces, namespaceCalled } from '../network-peers';
import type { TenantNamespace } from '../tenant-namespace';
import { validateCount, validateDnsLabel, validateServiceName } from '../validate';
import { type Deployment, findModel, MODELS, platformOf, type WeightsModel } from './catalogue';
import { API_PORT, servingEndpoint } from './command';
import { ModelWeights, type WeightsExport } from './model-weights';
import { servingPlan } from './plan';
import { imageFor, podTemplate, SERVING_PRIORITY } from './pod-template';

export interface ModelServingProps {
  /** Namespace that the model runs in; its cluster gives selectors and tolerations. */
  readonly tenant: TenantNamespace;
  /** Id of a model of the catalogue. */
  readonly model: string;
  /** Where the weights are: an export of the site, or a claim of the namespace. */
  readonly weights: WeightsExport | ModelWeights;
  /** Name of Deployment and Service, a DNS label that begins with a letter. @default - the id of the model */
  readonly servingName?: string;
  /**
   * Name that clients call (`model` of a request), a DNS label. Several servings may have the same:
   * those that stand behind one name. @default - the id of the model
   */
  readonly alias?: string;
  /** Whole number, 1 or more. @default 1 */
  readonly replicas?: number;
  /**
   * NPUs of a replica: a whole number that the server form allows for a pod, not below the documented
   * one. More NPUs leave more memory for context. @default - that of the model's documented deployment
   */
  readonly npus?: number;
  /** Container image. @default - the vllm-ascend release of the package for the server form */
  readonly image?: string;
}

/**
 * A model served by vllm-ascend on one server a replica: Deployment, Service, PodDisruptionBudget
 * and the NetworkPolicy that lets gateways, monitoring and the namespace in. It registers its NPUs with the
 * cluster.
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

  constructor(scope: Construct, id: string, props: ModelServingProps) {
    super(scope, id);
    const { tenant } = props;
    const replicas = props.replicas ?? 1;
    this.servingName = props.servingName ?? props.model;
    this.cluster = tenant.cluster;
    this.namespace = tenant.namespace;
    this.alias = props.alias ?? props.model;
    this.endpoint = servingEndpoint(this.servingName, tenant.namespace);
    const path = this.node.path;
    const pool = tenant.cluster.poolOf(tenant.resourceName);
    const found = findModel(props.model);
    const model = found?.access === 'weights' ? found : undefined;
    const fit = model && pool ? fitOnServer(model, pool, props.npus) : [];
    throwIfAny(
      [
        ...validateServiceName('servingName', this.servingName),
        // Where the default is no name, the model is unknown: one mistake, one line.
        ...(props.alias === undefined ? [] : validateDnsLabel('alias', props.alias)),
        ...validateCount('replicas', replicas, 1),
        ...(model ? [] : [found ? apiOnly(found.title) : unknownModel(props.model)]),
        ...(Array.isArray(fit) ? fit : []),
        ...validatePodSecurity(tenant),
        ...validateFree(tenant, this.servingName),
        ...(pool ? validateImage(tenant, imageFor(pool.server.accelerator.id, props.image)) : []),
        ...validatePriority(tenant),
        ...validateState(tenant),
        ...validateWeights(tenant, props.weights),
      ].map((message) => ({ path, message })),
    );
    if (!model || !pool || Array.isArray(fit)) throw new Error(`${path}: checked above`);

    const labels = {
      'app.kubernetes.io/name': 'vllm-ascend',
      [SERVING_LABEL]: this.servingName,
      [`${LABEL_PREFIX}/model`]: model.id,
    };
    const selector = { [SERVING_LABEL]: this.servingName };
    const metadata = {
      name: this.servingName,
      namespace: tenant.namespace,
      labels: { ...labels, ...MANAGED_BY },
    };
    new DeploymentV1(this, 'Resource', {
      metadata,
      // A model takes minutes to load: Terraform must not wait, nor taint what is still starting.
      waitForRollout: false,
      spec: {
        replicas: `${replicas}`,
        // NPUs are rarely spare: a surge pod would wait for the device that the old pod holds.
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: '0', maxUnavailable: '1' },
        },
        selector: { matchLabels: selector },
        template: podTemplate({
          model,
          alias: this.alias,
          deployment: fit,
          pool,
          tenant,
          labels,
          weights: props.weights,
          image: imageFor(pool.server.accelerator.id, props.image),
        }),
      },
    });
    this.addService(metadata, selector);
    new PodDisruptionBudgetV1(this, 'pdb', {
      metadata,
      spec: { maxUnavailable: '1', selector: { matchLabels: selector } },
    });
    this.addNetworkPolicy(metadata, selector, tenant.cluster.monitoringNamespace);
    tenant.cluster.registerServing(
      servingPlan({
        path,
        name: this.servingName,
        tenant,
        pool,
        model,
        deployment: fit,
        replicas,
        rollout: { maxSurge: 0, maxUnavailable: 1 },
        disruptionBudget: { maxUnavailable: 1 },
      }),
    );
  }

  private addService(metadata: ServiceMetadata, selector: Record<string, string>): void {
    new ServiceV1(this, 'service', {
      metadata,
      spec: {
        selector,
        port: [{ name: 'http', port: API_PORT, targetPort: 'http' }],
      },
      waitForLoadBalancer: false,
    });
  }

  private addNetworkPolicy(
    metadata: ServiceMetadata,
    selector: Record<string, string>,
    monitoring: string,
  ): void {
    new NetworkPolicyV1(this, 'ingress', {
      metadata: { ...metadata, name: `${this.servingName}-api` },
      spec: {
        podSelector: { matchLabels: selector },
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [{ podSelector: {} }, gatewayNamespaces(), namespaceCalled(monitoring)],
            ports: [{ port: 'http', protocol: 'TCP' }],
          },
        ],
      },
    });
  }
}

type ServiceMetadata = { name: string; namespace: string; labels: Record<string, string> };

function unknownModel(id: string): string {
  return `unknown model; use one of ${MODELS.filter(({ access }) => access === 'weights')
    .map((model) => model.id)
    .join(', ')}, got: '${id}'`;
}

function apiOnly(title: string): string {
  return `${title} is behind the API of its maker and has no weights to serve; use a model with weights, got: 'api-only'`;
}

/** How a model runs on one server of a pool, or why it cannot. */
function fitOnServer(model: WeightsModel, pool: NodePool, npus?: number): Deployment | string[] {
  const platform = platformOf(pool.server);
  const deployment = platform && model.deployments[platform];
  const title = `${pool.server.form.title} with ${pool.server.accelerator.id}`;
  if (!deployment) {
    const known = Object.keys(model.deployments).join(', ');
    return [
      `no documented deployment of ${model.id} on ${title}; use a pool of ${known}, got: pool '${pool.name}'`,
    ];
  }
  if (deployment.servers > 1) {
    return [
      `${model.id} needs ${deployment.servers} servers a replica on ${title}, and one server is what this construct can do; use a distilled or smaller model, got: ${deployment.npus} NPUs of ${pool.server.npus} a server`,
    ];
  }
  const wanted = npus ?? deployment.npus;
  const groups = deployment.dataParallel ?? 1;
  const allowed = pool.server.form.podNpuCounts.filter(
    (count) => count >= deployment.npus && count % groups === 0,
  );
  return allowed.includes(wanted)
    ? { ...deployment, npus: wanted, tensorParallel: wanted / groups }
    : [
        `${model.id} needs ${deployment.npus} NPUs or more, and ${title} allows ${pool.server.form.podNpuCounts.join(', ')} a pod; use ${allowed.join(', ') || 'another pool'}, got: ${wanted}`,
      ];
}

function validateFree(tenant: TenantNamespace, name: string): string[] {
  return tenant.cluster.hasServing(tenant.namespace, name)
    ? [
        `names of servings must be unique in a namespace; set servingName, got: '${name}' twice in ${tenant.namespace}`,
      ]
    : [];
}

function validatePodSecurity(tenant: TenantNamespace): string[] {
  return tenant.podSecurity === 'restricted'
    ? [
        `namespace ${tenant.namespace} enforces restricted, and vllm-ascend images run as root; set podSecurity of the tenant to 'baseline', got: 'restricted'`,
      ]
    : [];
}

/** The namespace's policies would refuse the pods: better said here. */
function validateImage({ namespace, imagePrefixes }: TenantNamespace, image: string): string[] {
  return !imagePrefixes || imagePrefixes.some((prefix) => image.startsWith(prefix))
    ? []
    : [
        `namespace ${namespace} allows images from ${imagePrefixes.join(', ')} only; copy the image there or add its registry to imagePrefixes of the tenant, got: '${image}'`,
      ];
}

function validateState({ namespace, state }: TenantNamespace): string[] {
  return state === 'retired'
    ? [
        `tenant ${namespace} is retired; remove its servings or make it active again, got: 'retired'`,
      ]
    : [];
}

function validatePriority({ namespace, priorityClasses }: TenantNamespace): string[] {
  return priorityClasses.includes(SERVING_PRIORITY)
    ? []
    : [
        `servings need the priority class ${SERVING_PRIORITY}; add it to priorityClasses of tenant ${namespace}, got: ${priorityClasses.join(', ')}`,
      ];
}

function validateWeights(tenant: TenantNamespace, weights: WeightsExport | ModelWeights): string[] {
  return !(weights instanceof ModelWeights) || weights.namespace === tenant.namespace
    ? []
    : [
        `weights must be claimed in namespace ${tenant.namespace}; claim them there, too, got: '${weights.namespace}'`,
      ];
}
