import type { JsonObject, VllmArguments, WeightsModel } from './catalogue';
import type { FlagValue } from './command';
import type { Fit } from './fit';

/** What a user gives beside the documented deployment. */
interface Given {
  readonly arguments?: VllmArguments;
  readonly flags?: Readonly<Record<string, FlagValue>>;
  readonly environment?: Readonly<Record<string, string>>;
}

const NAME = 'additional-config';

/** Sequence parallelism by FlashComm1, as a key of the configuration and as the variable that it replaces. */
const FLASHCOMM1 = 'enable_flashcomm1';
const FLASHCOMM1_VARIABLE = 'VLLM_ASCEND_ENABLE_FLASHCOMM1';

/**
 * Whether vllm-ascend starts with the `--additional-config` that comes out of the documented deployment and of
 * what a user gives (v0.23.0: `enable_sp` and `enable_dsa_cp` of vllm_ascend/utils.py, `check_and_update_config` of
 * vllm_ascend/platform.py).
 */
export function validateAdditionalConfig(
  { activeBillions }: Pick<WeightsModel, 'activeBillions'>,
  { deployment }: Pick<Fit, 'deployment'>,
  { arguments: given, flags, environment }: Given,
): string[] {
  const { tensorParallel, expertParallel } = deployment;
  const written = flags?.[NAME] ?? { ...deployment.arguments, ...given }.additionalConfig ?? {};
  const config = parsed(written);
  if (config === undefined) {
    return [`flags: ${NAME} must be a JSON object; correct it, got: ${JSON.stringify(written)}`];
  }
  const variable = { ...deployment.environment, ...environment }[FLASHCOMM1_VARIABLE] ?? '0';
  const flashComm1 = FLASHCOMM1 in config ? Boolean(config[FLASHCOMM1]) : Number(variable) !== 0;
  if (!flashComm1) {
    return config.enable_dsa_cp
      ? [
          `${NAME}: enable_dsa_cp wants FlashComm1, and vLLM does not start without; set ${FLASHCOMM1} to true beside it or leave it out, got: ${JSON.stringify(config)}`,
        ]
      : [];
  }
  return [
    ...(tensorParallel > 1
      ? []
      : [
          `${NAME}: FlashComm1 wants a tensor parallel size above 1; leave ${FLASHCOMM1} out, got: ${tensorParallel}`,
        ]),
    ...(activeBillions === undefined || expertParallel
      ? []
      : [
          `${NAME}: FlashComm1 wants the experts of a model spread over all NPUs, which the deployment of this one does not; leave ${FLASHCOMM1} out, got: ${JSON.stringify(config)}`,
        ]),
  ];
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
