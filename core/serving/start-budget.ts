import type { Sourced } from '../accelerator';
import { formatNumber } from '../capacity';
import type { WeightsModel } from '../catalogue';
import type { Sizing } from './fit';

/** Time from the start of a container until its model answers. */
export interface StartBudget {
  /** Whole minutes, in seconds. */
  readonly seconds: number;
  /** The sum, `61.1 GiB ÷ 1 GiB/s + 600 s until the engine is ready (…) ≤ 11 min`. */
  readonly explanation: string;
}

/** What vLLM itself waits for its engine where nobody says otherwise (`VLLM_ENGINE_READY_TIMEOUT_S`). */
const SMALL: Sourced<number> = { value: 600, source: 'vllm 0.23.0 vllm/envs.py' };

/** What the tests of vllm-ascend wait for `/health`, weights included. */
const LARGE: Sourced<number> = {
  value: 2800,
  source: 'vllm-project/vllm-ascend tests/e2e/conftest.py (182b75e)',
};

/**
 * Billions of parameters above which a model gets the longer wait on one server, too. An assumption of
 * ours: tutorials of such models wait 1,200 s and more for the engine.
 */
const LARGE_BILLIONS = 40;

/** A container of the site's: nothing is known of it. */
const CONTAINER = { value: SMALL.value, source: 'assumed: as long as vLLM waits for its engine' };

/** Speed at which a server reads weights where the site says nothing. */
export const READ_GIB_PER_SECOND: Sourced<number> = {
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
export function startBudget(model: Started, fit: Sizing, gibPerSecond: number): StartBudget {
  const { sizeGib } = fit.weights;
  const engine = engineSeconds(model, fit);
  const minutes = Math.ceil((sizeGib.value / gibPerSecond + engine.value) / 60);
  const size = `${formatNumber(sizeGib.value)} GiB${sizeGib.assumed ? ' (assumed)' : ''}`;
  const what = model.runtime === 'container' ? 'model' : 'engine';
  return {
    seconds: minutes * 60,
    explanation: `${size} ÷ ${formatNumber(gibPerSecond)} GiB/s + ${formatNumber(engine.value)} s until the ${what} is ready (${engine.source}) ≤ ${minutes} min`,
  };
}

type Started = Pick<WeightsModel, 'runtime' | 'parametersBillions'>;

function engineSeconds(
  { runtime, parametersBillions }: Started,
  { deployment, pods }: Sizing,
): Pick<Sourced<number>, 'value' | 'source'> {
  const { readyTimeoutSeconds: value, source } = deployment;
  if (value !== undefined) return { value, source };
  if (runtime === 'container') return CONTAINER;
  return pods > 1 || parametersBillions.value > LARGE_BILLIONS ? LARGE : SMALL;
}
