import { headsDivideAmong, type NodePool } from '../capacity';
import { type ModelDeployment, platformOf, type Weights, type WeightsModel } from '../catalogue';
import { mistakes } from '../validate';

/** What decides whether a model runs on a pool. */
type Servers = Pick<NodePool, 'name' | 'server'>;

/** How a replica of a model runs on the servers of a pool. */
export interface Sizing {
  /** The documented deployment, with the tensor parallelism of this replica. */
  readonly deployment: ModelDeployment;
  readonly weights: Weights;
  /** Pods of a replica, each on a server of its own. */
  readonly pods: number;
  readonly npusPerPod: number;
  /** Data-parallel ranks of a replica, and of one pod. */
  readonly dataParallel: number;
  readonly dataParallelLocal: number;
}

/**
 * How a model runs on a pool.
 * @param npus of a replica; more than documented leave more memory for context
 * @returns the messages that say why it cannot run, where it cannot
 */
export function fitOnPool(model: WeightsModel, pool: Servers, npus?: number): Sizing | string[] {
  const platform = platformOf(pool.server);
  const deployment = platform && model.deployments[platform];
  if (!deployment) {
    const known = Object.keys(model.deployments).join(', ');
    return [
      `no documented deployment of ${model.id} on ${title(pool)}; use a pool of ${known}, got: pool '${pool.name}'`,
    ];
  }
  return deployment.servers > 1
    ? onServers(model, deployment, pool, npus)
    : onServer(model, deployment, pool, npus);
}

function title({ server }: Servers): string {
  return `${server.form.title} with ${server.accelerator.id}`;
}

function onServer(
  model: WeightsModel,
  deployment: ModelDeployment,
  pool: Servers,
  npus?: number,
): Sizing | string[] {
  const wanted = npus ?? deployment.npus;
  const ranks = deployment.dataParallel ?? 1;
  const stages = deployment.pipelineParallel ?? 1;
  const counts = pool.server.form.podNpuCounts;
  const allowed = counts.filter(
    (count) =>
      count >= deployment.npus &&
      count % (ranks * stages) === 0 &&
      headsDivide(model, deployment, count / (ranks * stages)),
  );
  if (!allowed.includes(wanted)) {
    return [
      `${model.id} needs ${deployment.npus} NPUs or more${headsWanted(model)}, and ${title(pool)} allows ${counts.join(', ')} a pod; use ${allowed.join(', ') || 'another pool'}, got: ${wanted}`,
    ];
  }
  return {
    deployment: { ...deployment, npus: wanted, tensorParallel: wanted / (ranks * stages) },
    weights: deployment.weights ?? model.weights,
    pods: 1,
    npusPerPod: wanted,
    dataParallel: ranks,
    dataParallelLocal: ranks,
  };
}

/**
 * Whether vLLM takes a tensor parallel size. Where the catalogue does not have the heads, only the documented size is
 * known to work: 28 heads (Qwen2.5-7B) do not divide among 8, nor 40 (Qwen2.5-32B) among 16.
 */
function headsDivide(
  { runtime, attention }: WeightsModel,
  deployment: ModelDeployment,
  tensor: number,
): boolean {
  if (runtime === 'container') return true;
  return attention
    ? headsDivideAmong(attention.value, tensor)
    : tensor === deployment.tensorParallel;
}

function headsWanted({ runtime, attention }: WeightsModel): string {
  if (runtime === 'container') return '';
  return attention
    ? `, as many as its ${attention.value.heads} attention heads divide among`
    : ', and no other number is known to work, as its attention heads are not known';
}

function onServers(
  model: WeightsModel,
  deployment: ModelDeployment,
  pool: Servers,
  npus?: number,
): Sizing | string[] {
  const { servers, npus: documented, dataParallel = 1, tensorParallel } = deployment;
  const npusPerPod = documented / servers;
  const what = `${model.id} runs on ${servers} servers with ${npusPerPod} NPUs each`;
  const problems = mistakes(
    npus !== undefined &&
      npus !== documented &&
      `${what}, as documented; leave npus out or set it to ${documented}, got: ${npus}`,
    // Pods of a group share no server with others: their ports are those of the host.
    npusPerPod !== pool.server.npus &&
      `${what}, and a pod of a group has a whole server; use a pool with ${npusPerPod} NPUs a server, got: ${pool.server.npus} of ${title(pool)}`,
    (dataParallel % servers !== 0 || (dataParallel / servers) * tensorParallel !== npusPerPod) &&
      `${what}, and only data parallelism can go over servers; use a deployment whose data-parallel ranks are whole on a server, got: tensor ${tensorParallel} × data ${dataParallel}`,
  );
  if (problems.length > 0) return problems;
  return {
    deployment,
    weights: deployment.weights ?? model.weights,
    pods: servers,
    npusPerPod,
    dataParallel,
    dataParallelLocal: dataParallel / servers,
  };
}
