import { LICENCE_OF_REPOSITORY, MANY_TIMES, onAll, undocumented } from '../assumptions';
import { licence } from '../licences';
import type { WeightsModel } from '../model';
import { computedSize } from '../weights';

const SUNDIAL = 'thuml/Sundial README.md (7cab42b)';
const TIMESFM = 'google-research/timesfm (3dae50b)';
const CHRONOS = 'amazon-science/chronos-forecasting README.md (95185d1)';

const FORECAST = { task: 'time-series', access: 'weights', runtime: 'container' } as const;

/** Models that continue series of numbers: traffic, load, demand. */
export const TIME_SERIES: readonly WeightsModel[] = [
  {
    ...FORECAST,
    id: 'sundial-base-128m',
    title: 'Sundial base 128M',
    origin: 'domestic',
    huggingFaceId: 'thuml/sundial-base-128m',
    parametersBillions: { value: 0.128, source: 'name of thuml/sundial-base-128m' },
    released: { value: '2025-05', source: SUNDIAL },
    licence: licence('Apache-2.0', `${SUNDIAL}, License`),
    runsOnCpu: { source: `${SUNDIAL}: zero-shot predictions on CPU within seconds` },
    weights: {
      format: 'fp32',
      hub: 'huggingface',
      repository: 'thuml/sundial-base-128m',
      sizeGib: computedSize(0.128, 'fp32'),
    },
    deployments: onAll(undocumented(1, SUNDIAL, MANY_TIMES)),
  },
  {
    ...FORECAST,
    id: 'timesfm-2-5-200m',
    title: 'TimesFM 2.5 200M',
    origin: 'foreign',
    huggingFaceId: 'google/timesfm-2.5-200m-pytorch',
    parametersBillions: { value: 0.2, source: `${TIMESFM} README.md` },
    released: { value: '2025-09-15', source: `${TIMESFM} README.md` },
    licence: licence('Apache-2.0', `${TIMESFM} LICENSE`, LICENCE_OF_REPOSITORY),
    runsOnCpu: { source: `${TIMESFM} README.md, installation for CPU` },
    weights: {
      format: 'fp32',
      hub: 'huggingface',
      repository: 'google/timesfm-2.5-200m-pytorch',
      sizeGib: computedSize(0.2, 'fp32'),
    },
    deployments: onAll(undocumented(1, TIMESFM, MANY_TIMES)),
  },
  {
    ...FORECAST,
    id: 'chronos-bolt-base',
    title: 'Chronos-Bolt base',
    origin: 'foreign',
    huggingFaceId: 'amazon/chronos-bolt-base',
    parametersBillions: { value: 0.205, source: CHRONOS },
    released: { value: '2024-11-26', source: CHRONOS },
    licence: licence('Apache-2.0', `${CHRONOS}, License`),
    weights: {
      format: 'fp32',
      hub: 'huggingface',
      repository: 'amazon/chronos-bolt-base',
      sizeGib: computedSize(0.205, 'fp32'),
    },
    deployments: onAll(undocumented(1, CHRONOS, MANY_TIMES)),
  },
];
