import { type Deployment, type Platform, tensorParallel } from './deployment';
import { SUPPORT_MATRIX } from './sources';

/** Why a licence is an assumption where only that of the code was read. */
export const LICENCE_OF_REPOSITORY =
  'licence of the repository; the card of the weights was not read';

const ROOM = 'these hold the weights and leave room for context';

/** NPUs of a model whose kind vllm-ascend lists as served, without saying how. */
export function listed(npus: number, why = ROOM): Deployment {
  return tensorParallel(npus, {
    source: SUPPORT_MATRIX,
    assumed: `its kind is listed without NPUs; ${why}`,
  });
}

/**
 * NPUs of a model that nothing says anything about on Ascend: the site ports it.
 * @param source of the model
 */
export function undocumented(
  npus: number,
  source: string,
  why?: string,
  dtype: Deployment['dtype'] = 'float16',
): Deployment {
  return tensorParallel(npus, {
    dtype,
    source,
    assumed: `no document of running it on Ascend was found${why ? `; ${why}` : ''}`,
  });
}

/** Why one NPU is enough: there is no smaller part without vNPUs. */
export const MANY_TIMES = 'one NPU holds it many times';

type OnPlatforms = Readonly<Partial<Record<Platform, Deployment>>>;

/** The same on both families for servers. */
export function onBoth(deployment: Deployment): OnPlatforms {
  return { A2: deployment, A3: deployment };
}

/** The same on the 310P, too, which computes in FP16. */
export function onAll(deployment: Deployment): OnPlatforms {
  return { ...onBoth(deployment), '310P': { ...deployment, dtype: 'float16' } };
}
