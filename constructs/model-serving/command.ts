import type { VllmArguments } from '../../core/catalogue';
import { type FlagValue, isPooling, isQuantized } from '../../core/catalogue';
import { vllmFlagKind } from '../../core/catalogue/vllm-flags';
import { API_PORT } from '../../core/serving/endpoint';
import { vllmArguments } from '../../core/serving/vllm-arguments';
import type { PodRole, ResolvedServing } from './serving';
import { WEIGHTS_PATH, weightsDirectory } from './weights';

/** Port on which the leader of a group meets its workers (vllm-ascend tutorials). */
export const GROUP_RPC_PORT = 13389;

type Flags = Readonly<Record<string, FlagValue | undefined>>;

/**
 * Arguments of the container: `vllm serve` with its flags. The entrypoint of the image sets up CANN
 * and replaces itself by them (Ascend/cann-container-image 9.1.0), so that vLLM itself gets the
 * SIGTERM that ends a pod; a `command` would bypass it.
 */
export function vllmArgs(serving: ResolvedServing, role: PodRole): string[] {
  const line = ['vllm', 'serve', modelPath(serving), ...writeFlags(flagsOf(serving, role))];
  if (role !== 'worker') return line;
  // The kubelet does not calculate: a shell adds the first rank of the pod, and is replaced by vLLM.
  const firstRank = `$((LWS_WORKER_INDEX * ${serving.fit.dataParallelLocal}))`;
  return ['/bin/sh', '-c', `exec "$@" --data-parallel-start-rank=${firstRank}`, 'sh', ...line];
}

/** Directory of the weights in a container. */
export function modelPath({ fit }: Pick<ResolvedServing, 'fit'>): string {
  return `${WEIGHTS_PATH}/${weightsDirectory(fit.weights)}`;
}

/** Flags that the construct itself sets, or leaves out: what clients, probes and the proofs count on. */
export const OWN_FLAGS: readonly string[] = [
  'served-model-name',
  'host',
  'port',
  'uds',
  'tensor-parallel-size',
  'pipeline-parallel-size',
  'data-parallel-size',
  'data-parallel-size-local',
  'data-parallel-start-rank',
  'data-parallel-rank',
  'data-parallel-address',
  'data-parallel-rpc-port',
  'data-parallel-backend',
  'data-parallel-external-lb',
  'data-parallel-hybrid-lb',
  'data-parallel-multi-port-external-lb',
  'api-server-count',
  'prefill-context-parallel-size',
  'nnodes',
  'node-rank',
  'master-addr',
  'master-port',
  'headless',
  'enable-expert-parallel',
  'quantization',
  'runner',
  'dtype',
  'kv-cache-memory-bytes',
  'num-gpu-blocks-override',
  'shutdown-timeout',
  'model',
  'config',
  // Probes, Service and monitoring speak HTTP.
  'grpc',
  'ssl-keyfile',
  'ssl-certfile',
];

/** Flags whose value is a secret. */
export const SECRET_FLAGS: readonly string[] = ['api-key', 'hf-token'];

function flagsOf(serving: ResolvedServing, role: PodRole): Flags {
  const { alias, fit, model, flags, requestTimeoutSeconds } = serving;
  const { deployment, dataParallel } = fit;
  return {
    'served-model-name': alias,
    port: API_PORT,
    'tensor-parallel-size': deployment.tensorParallel,
    'pipeline-parallel-size': deployment.pipelineParallel,
    'data-parallel-size': dataParallel > 1 ? dataParallel : undefined,
    ...groupFlags(fit.dataParallelLocal, role),
    'api-server-count': apiServers(dataParallel, role),
    'enable-expert-parallel': deployment.expertParallel,
    quantization: isQuantized(fit.weights) ? 'ascend' : undefined,
    runner: isPooling(model) ? 'pooling' : undefined,
    // By itself vLLM takes that of the weights: mostly BF16, which the 310P does not have.
    dtype: deployment.dtype,
    // Otherwise vLLM aborts what it is answering.
    'shutdown-timeout': requestTimeoutSeconds,
    ...(model.repositoryCode ? { 'trust-remote-code': true } : {}),
    ...named(vllmArguments(serving)),
    ...flags,
  };
}

/**
 * One process takes the requests of all data-parallel ranks. By itself vLLM starts as many as ranks, and each of
 * several closes its sockets to the engines on SIGTERM: what runs is cut, whatever `--shutdown-timeout` says
 * (vllm 0.23.0 vllm/entrypoints/cli/serve.py and vllm/v1/engine/core_client.py; test/streams shows it). A headless
 * vLLM has none, and does not start with the flag.
 */
function apiServers(dataParallel: number, role: PodRole): number | undefined {
  return dataParallel > 1 && role !== 'worker' ? 1 : undefined;
}

/** How the pods of a group find each other; ZeroMQ binds to addresses only, not to names. */
function groupFlags(dataParallelLocal: number, role: PodRole): Flags {
  if (role === 'alone') return {};
  return {
    headless: role === 'worker' ? true : undefined,
    'data-parallel-size-local': dataParallelLocal,
    'data-parallel-address': role === 'leader' ? '$(POD_IP)' : '$(LWS_LEADER_ADDRESS)',
    'data-parallel-rpc-port': GROUP_RPC_PORT,
  };
}

/** `maxModelLen` → `max-model-len`. */
function named(given: VllmArguments): Flags {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [flagName(name), value as FlagValue]),
  );
}

export function flagName(argument: string): string {
  return argument.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function writeFlags(flags: Flags): string[] {
  return Object.entries(flags).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (typeof value !== 'boolean' || vllmFlagKind(name) === 'value') {
      return [`--${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`];
    }
    return value ? [`--${name}`] : vllmFlagKind(name) === 'switch' ? [] : [`--no-${name}`];
  });
}
