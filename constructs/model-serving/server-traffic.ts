import { vllmArguments } from '../../core/serving/vllm-arguments';
import type { ResolvedServing } from './serving';

/** What whoever forwards requests to a serving has to know of its servers. */
export interface ServerTraffic {
  /**
   * Seconds after which a server closes a connection on which nothing was asked, 1 or more.
   * @default - not known: a container of the site's, or a variable that a Secret holds
   */
  readonly keepAliveSeconds?: number;
  /**
   * Requests that all replicas work on at once; vLLM queues further ones, without a limit.
   * @default - not known: a container of the site's
   */
  readonly parallelRequests?: number;
}

/** Variable of vLLM for the seconds, and what it takes without one (vLLM v0.23.0 vllm/envs.py). */
const KEEP_ALIVE = 'VLLM_HTTP_TIMEOUT_KEEP_ALIVE';
const KEEP_ALIVE_SECONDS = 5;

/**
 * Sequences that an engine works on at once where no argument says so: vLLM takes what it does for small devices
 * (vLLM v0.23.0 vllm/engine/arg_utils.py, `get_batch_defaults`), as vllm-ascend does not tell it the memory of an NPU
 * (v0.23.0 vllm_ascend/platform.py, `get_device_total_memory`).
 */
const MAX_NUM_SEQS = 256;

/** @param replicas of the serving, at most */
export function serverTraffic(
  serving: Pick<
    ResolvedServing,
    'fit' | 'arguments' | 'flags' | 'environment' | 'secretEnvironment' | 'container'
  >,
  replicas: number,
): ServerTraffic {
  const { fit, flags } = serving;
  if (serving.container) return {};
  const { maxNumSeqs = flags['max-num-seqs'] ?? MAX_NUM_SEQS } = vllmArguments(serving);
  // Each data-parallel rank is an engine of its own.
  const parallelRequests = replicas * fit.dataParallel * Number(maxNumSeqs);
  const keepAliveSeconds = keepAlive(serving);
  return { parallelRequests, ...(keepAliveSeconds === undefined ? {} : { keepAliveSeconds }) };
}

function keepAlive({
  fit,
  environment,
  secretEnvironment,
}: Pick<ResolvedServing, 'fit' | 'environment' | 'secretEnvironment'>): number | undefined {
  if (KEEP_ALIVE in secretEnvironment) return undefined;
  const given = { ...fit.deployment.environment, ...environment }[KEEP_ALIVE];
  const seconds = given === undefined ? KEEP_ALIVE_SECONDS : Number(given);
  return Number.isInteger(seconds) && seconds > 0 ? seconds : undefined;
}
