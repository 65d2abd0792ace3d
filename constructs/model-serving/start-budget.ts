import type { Fact } from '../accelerator';
import { formatNumber } from '../capacity';
import type { Fit } from './fit';

/** Time from the start of a container until its model answers. */
export interface StartBudget {
  /** Whole minutes, in seconds. */
  readonly seconds: number;
  /** The sum, `61.1 GiB ÷ 1 GiB/s + 600 s until the engine is ready (…) ≤ 11 min`. */
  readonly explanation: string;
}

/** What vLLM itself waits for its engine where nobody says otherwise (`VLLM_ENGINE_READY_TIMEOUT_S`). */
const ONE_SERVER: Fact<number> = { value: 600, source: 'vllm 0.23.0 vllm/envs.py' };

/** What the tests of vllm-ascend wait for `/health`, weights included. */
const SEVERAL_SERVERS: Fact<number> = {
  value: 2800,
  source: 'vllm-project/vllm-ascend tests/e2e/conftest.py (182b75e)',
};

/** Speed at which a server reads weights where the site says nothing. */
export const READ_GIB_PER_SECOND: Fact<number> = {
  value: 1,
  source: 'MindCluster asks for a storage network of 25 Gbit/s (01_environment_dependencies.md)',
  assumed: 'a third of the line rate of 25 Gbit/s: several servers read at once',
};

/** Seconds for what comes before the container: pull of an image of many GiB. An assumption of ours. */
export const PULL_SECONDS = 1800;

/**
 * How long a replica may take to start: its weights are read once by each server, then the engine
 * compiles and captures its graphs.
 * @param gibPerSecond at which a server reads weights
 */
export function startBudget({ deployment, weights, pods }: Fit, gibPerSecond: number): StartBudget {
  const { sizeGib } = weights;
  const engine =
    deployment.readyTimeoutSeconds === undefined
      ? pods > 1
        ? SEVERAL_SERVERS
        : ONE_SERVER
      : { value: deployment.readyTimeoutSeconds, source: deployment.source };
  const minutes = Math.ceil((sizeGib.value / gibPerSecond + engine.value) / 60);
  const size = `${formatNumber(sizeGib.value)} GiB${sizeGib.assumed ? ' (assumed)' : ''}`;
  return {
    seconds: minutes * 60,
    explanation: `${size} ÷ ${formatNumber(gibPerSecond)} GiB/s + ${formatNumber(engine.value)} s until the engine is ready (${engine.source}) ≤ ${minutes} min`,
  };
}
