import type {
  FlagValue,
  JsonObject,
  ModelDeployment,
  VllmArguments,
  WeightsModel,
} from '../../core/catalogue';
import type { Sizing } from '../../core/serving/fit';
import { mistakes } from '../../core/validate';

/** What a user gives beside the documented deployment. */
interface Given {
  readonly arguments?: VllmArguments;
  readonly flags?: Readonly<Record<string, FlagValue>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly secretEnvironment?: Readonly<Record<string, unknown>>;
}

const NAME = 'additional-config';

/** A switch of vllm-ascend: its key, and the variable that counts where the key is not there. */
interface Switch {
  readonly key: string;
  readonly variable: string;
}

/** Sequence parallelism. */
const FLASHCOMM1: Switch = {
  key: 'enable_flashcomm1',
  variable: 'VLLM_ASCEND_ENABLE_FLASHCOMM1',
};

/**
 * Its engine ends at SIGTERM with whatever it is answering, with one rank, too: it replaces the loop of vLLM that
 * drains (v0.23.0 vllm_ascend/patch/platform/patch_balance_schedule.py, `run_engine_core`). So what tutorials set is
 * not in the catalogue. Seen in test/streams, and to be tried there again with each release.
 */
const BALANCE: Switch = {
  key: 'enable_balance_scheduling',
  variable: 'VLLM_ASCEND_BALANCE_SCHEDULING',
};

/**
 * Whether vllm-ascend starts, and stops as promised, with the `--additional-config` that comes out of the documented
 * deployment and of what a user gives (v0.23.0: `enable_sp` and `enable_dsa_cp` of vllm_ascend/utils.py,
 * `check_and_update_config` of vllm_ascend/platform.py).
 */
export function validateAdditionalConfig(
  { activeBillions }: Pick<WeightsModel, 'activeBillions'>,
  { deployment }: Pick<Sizing, 'deployment'>,
  { arguments: given, flags, environment, secretEnvironment = {} }: Given,
): string[] {
  const written = flags?.[NAME] ?? { ...deployment.arguments, ...given }.additionalConfig ?? {};
  const config = parsed(written);
  if (config === undefined) {
    return [`flags: ${NAME} must be a JSON object; correct it, got: ${JSON.stringify(written)}`];
  }
  const variables = { ...deployment.environment, ...environment };
  const on = ({ key, variable }: Switch) =>
    key in config ? Boolean(config[key]) : Number(variables[variable] ?? 0) !== 0;
  const got = `got: ${JSON.stringify(config)}`;
  return mistakes(
    [BALANCE, FLASHCOMM1]
      .filter(({ variable }) => variable in secretEnvironment)
      .map(
        ({ variable }) =>
          `secretEnvironment: ${variable} is a switch whose value must be known; write it in environment, got: a Secret`,
      ),
    on(BALANCE) &&
      `${NAME}: balance scheduling cuts what is answered whenever a pod is stopped; leave ${BALANCE.key} and ${BALANCE.variable} out, ${got}`,
    Boolean(config.enable_dsa_cp) &&
      !on(FLASHCOMM1) &&
      `${NAME}: enable_dsa_cp wants FlashComm1, and vLLM does not start without; set ${FLASHCOMM1.key} to true beside it or leave it out, ${got}`,
    on(FLASHCOMM1) && validateFlashComm1(deployment, activeBillions !== undefined),
  );
}

function validateFlashComm1(
  { tensorParallel, expertParallel = false }: ModelDeployment,
  mixtureOfExperts: boolean,
): string[] {
  return mistakes(
    tensorParallel <= 1 &&
      `${NAME}: FlashComm1 wants a tensor parallel size above 1; leave ${FLASHCOMM1.key} out, got: ${tensorParallel}`,
    mixtureOfExperts &&
      !expertParallel &&
      `${NAME}: FlashComm1 wants the experts of a model spread over all NPUs; leave ${FLASHCOMM1.key} out, got: expertParallel ${expertParallel}`,
  );
}

/** @returns undefined for what is no JSON object */
function parsed(value: FlagValue): JsonObject | undefined {
  let object: unknown = value;
  if (typeof value === 'string') {
    try {
      object = JSON.parse(value);
    } catch {
      return undefined;
    }
  }
  const isObject = typeof object === 'object' && object !== null && !Array.isArray(object);
  return isObject ? (object as JsonObject) : undefined;
}
