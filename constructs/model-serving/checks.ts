import { RUNTIME_SWITCHES } from '../../core/accelerator';
import type { NodePool } from '../../core/capacity';
import { allModels, findModel, type Model, type WeightsModel } from '../../core/catalogue';
import { GROUP_SUFFIX } from '../../core/names';
import { validateVariables } from '../../core/secrets';
import { fitOnPool, type Sizing } from '../../core/serving/fit';
import { imageFor, validateImage } from '../../core/serving/image';
import { validateLicence } from '../../core/serving/licence-acceptance';
import { startBudget } from '../../core/serving/start-budget';
import { mistakes } from '../../core/validate';
import type { TenantNamespace } from '../tenant-namespace';
import { validateAdditionalConfig } from './ascend-config';
import { validateAutoscaling } from './autoscaling';
import { validateContainer } from './container';
import { OWN_VARIABLES } from './environment';
import { validateFlags } from './flags';
import { MAX_GROUP_SERVING_NAME } from './groups/leader-worker-set';
import { validateHostAccess } from './host-access';
import { SERVING_PRIORITY } from './pod';
import type { ModelServingProps } from './props';
import { ModelWeights, NodeWeights, readGibPerSecond } from './weights';

/** What is to be served, where, and as what. */
export interface Resolved {
  readonly model: WeightsModel;
  readonly pool: NodePool;
  readonly fit: Sizing;
  readonly image: string;
}

/** The parts of a serving, or everything that is wrong with its props beside their schema. */
export function resolve(servingName: string, props: ModelServingProps): Resolved | string[] {
  const { tenant } = props;
  const pool = tenant.cluster.poolOf(tenant.resourceName);
  const found = findModel(props.model);
  const model = found?.access === 'weights' ? found : undefined;
  const fit = model && pool ? fitOnPool(model, pool, props.npus) : undefined;
  const image = model && pool ? imageOf(model, pool, props.image) : undefined;
  const problems = mistakes(
    servingName.endsWith(GROUP_SUFFIX) &&
      `servingName must not end with '${GROUP_SUFFIX}', which groups of other servings end with; rename it, got: '${servingName}'`,
    validateReplicas(props),
    model ? [] : [found ? apiOnly(found) : unknownModel(props.model)],
    model ? validateModel(model, props) : [],
    Array.isArray(fit) ? fit : [],
    image === undefined ? [] : validateImage(tenant, image),
    fit && !Array.isArray(fit) && fit.pods > 1 && pool
      ? validateGroup(servingName, fit, pool, props)
      : validatePodSecurity(tenant),
    model && fit && !Array.isArray(fit)
      ? [...validateStart(model, fit, props), ...validateAdditionalConfig(model, fit, props)]
      : [],
    validateTenant(tenant, servingName),
    validateWeights(props, model),
    validateSecrets(props),
  );
  if (problems.length > 0) return problems;
  if (!model || !pool || !fit || Array.isArray(fit))
    throw new Error(`${servingName}: checked above`);
  return { model, pool, fit, image: image ?? '' };
}

/** The image of the site, of the catalogue, or of the vllm-ascend release. */
function imageOf(model: WeightsModel, pool: NodePool, image?: string): string | undefined {
  return model.runtime === 'vllm-ascend'
    ? imageFor(pool.server.accelerator.id, image)
    : (image ?? model.image?.value);
}

function validateReplicas({ replicas, autoscaling }: ModelServingProps): string[] {
  return mistakes(
    autoscaling === undefined ? [] : validateAutoscaling(autoscaling),
    replicas !== undefined &&
      autoscaling !== undefined &&
      `give either replicas or autoscaling, or both would set the number of replicas; leave one out, got: ${replicas} and ${autoscaling.minReplicas} to ${autoscaling.maxReplicas}`,
  );
}

function unknownModel(id: string): string {
  const known = allModels()
    .filter(({ access }) => access === 'weights')
    .map((model) => model.id);
  const family = (name: string) => /^[a-z]+/.exec(name.toLowerCase())?.[0];
  const near = known.filter((name) => family(name) === family(id));
  return `unknown model; use one of ${(near.length > 0 ? near : known).join(', ')} (\`aicc models\` prints all), got: '${id}'`;
}

function apiOnly({ id, title }: Model): string {
  return `${title} is behind the API of its maker and has no weights to serve; use a model with weights, got: '${id}'`;
}

function validateModel(model: WeightsModel, props: ModelServingProps): string[] {
  const { arguments: given, flags, apiKey, autoscaling } = props;
  const container = model.runtime === 'container';
  return mistakes(
    validateLicence(model, props.acceptLicence),
    validateContainer(model, props.container, {
      arguments: given,
      flags,
      apiKey,
      // Its metrics are vLLM's.
      autoscaling,
    }),
    container &&
      props.image === undefined &&
      model.image === undefined &&
      `${model.id} runs in a container, and no image of it is known; set image to one of the site, got: none`,
    container ? [] : validateFlags(given ?? {}, flags ?? {}),
    validateRepositoryCode(model, props),
  );
}

/** Without its code a model does not start, or what is worse, starts with another tokenizer. */
function validateRepositoryCode(
  { id, repositoryCode }: WeightsModel,
  { arguments: given, flags }: ModelServingProps,
): string[] {
  const trusted = flags?.['trust-remote-code'] ?? given?.trustRemoteCode;
  return mistakes(
    repositoryCode &&
      trusted === false &&
      `the ${repositoryCode.value} of ${id} is code in the repository of its weights, which vLLM would not run; leave trustRemoteCode out or serve another model, got: false`,
  );
}

/** An alert about a start that is as long as it may be would be believed by nobody. */
function validateStart(
  model: WeightsModel,
  fit: Sizing,
  { tenant, weights }: ModelServingProps,
): string[] {
  const { seconds, explanation } = startBudget(model, fit, readGibPerSecond(weights));
  const { servingStartMinutes: limit, clusterName } = tenant.cluster;
  return mistakes(
    seconds > limit * 60 &&
      `a start may take longer than the ${limit} min after which an alert says so; raise servingStart in monitoring.thresholds of cluster ${clusterName} or read weights faster, got: ${explanation}`,
  );
}

/** What a replica over several servers needs beside everything else. */
function validateGroup(
  servingName: string,
  { pods }: Sizing,
  pool: NodePool,
  { tenant, model, apiKey, clients }: ModelServingProps,
): string[] {
  const what = `${model} over ${pods} servers`;
  return mistakes(
    validateHostAccess(tenant, what),
    pool.hostInterface === undefined &&
      `${what} needs the network interface by which servers find each other; set hostInterface of pool '${pool.name}', got: none`,
    apiKey === undefined &&
      `${what} is on the network of the host, where no network policy keeps callers out; set apiKey to a key of a Secret, got: none`,
    (clients ?? []).length > 0 &&
      `${what} is on the network of the host, where no network policy lets tenants in; leave clients out and call it through a gateway, got: ${clients?.map((c) => c.namespace).join(', ')}`,
    servingName.length > MAX_GROUP_SERVING_NAME &&
      `servingName must have at most ${MAX_GROUP_SERVING_NAME} characters, for names of pods are made from it; shorten it, got: '${servingName}'`,
  );
}

function validatePodSecurity({ namespace, podSecurity }: TenantNamespace): string[] {
  return mistakes(
    podSecurity === 'restricted' &&
      `namespace ${namespace} enforces restricted, and vllm-ascend images run as root; set podSecurity of the tenant to 'baseline', got: 'restricted'`,
  );
}

function validateTenant(tenant: TenantNamespace, servingName: string): string[] {
  const { namespace, state, priorityClasses, cluster } = tenant;
  return mistakes(
    cluster.hasServing(namespace, servingName) &&
      `names of servings must be unique in a namespace; set servingName, got: '${servingName}' twice in ${namespace}`,
    !priorityClasses.includes(SERVING_PRIORITY) &&
      `servings need the priority class ${SERVING_PRIORITY}; add it to priorityClasses of tenant ${namespace}, got: ${priorityClasses.join(', ')}`,
    state === 'retired' &&
      `tenant ${namespace} is retired; remove its servings or make it active again, got: 'retired'`,
  );
}

function validateWeights(
  { tenant, weights, clients }: ModelServingProps,
  model: WeightsModel | undefined,
): string[] {
  const { namespace, cluster } = tenant;
  const made = weights instanceof ModelWeights || weights instanceof NodeWeights;
  const models = made ? weights.models : undefined;
  return mistakes(
    made &&
      weights.namespace !== namespace &&
      `weights must be claimed in namespace ${namespace}; claim them there, too, got: '${weights.namespace}'`,
    // It would wait for ever for what nobody fetches.
    model &&
      models &&
      !models.includes(model.id) &&
      `weights must hold ${model.id}; add it to the models of the download, got: ${models.join(', ')}`,
    (clients ?? [])
      .filter((client) => client.cluster !== cluster)
      .map(
        (client) =>
          `clients must be tenants of cluster ${cluster.clusterName}; use its gateway from elsewhere, got: '${client.namespace}' on ${client.cluster.clusterName}`,
      ),
    (clients ?? [])
      .filter((client) => client.cluster === cluster && client.namespace === namespace)
      .map((client) => `clients must be other tenants; leave it out, got: '${client.namespace}'`),
  );
}

function validateSecrets(props: ModelServingProps): string[] {
  const { environment = {}, secretEnvironment = {} } = props;
  return mistakes(
    validateVariables('environment', environment, OWN_VARIABLES),
    // Proofs count with it.
    !/^[1-9]\d*$/.test(environment.HCCL_BUFFSIZE ?? '200') &&
      `environment: HCCL_BUFFSIZE must be a whole number of MiB, 1 or more; correct it, got: '${environment.HCCL_BUFFSIZE}'`,
    // The admission policies refuse them.
    [...Object.keys(environment), ...Object.keys(secretEnvironment)]
      .filter((name) => RUNTIME_SWITCHES.includes(name))
      .map(
        (name) =>
          `environment: switches of the Ascend runtime are not set; remove it, got: '${name}'`,
      ),
    Object.keys(secretEnvironment)
      .filter((name) => OWN_VARIABLES.includes(name) || name in environment)
      .map(
        (name) =>
          `secretEnvironment: ${name} is set already; use apiKey or leave one out, got: '${name}' twice`,
      ),
  );
}
