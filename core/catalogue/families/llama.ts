import { mha } from '../architecture';
import { listed, onBoth } from '../assumptions';
import { tensorParallel } from '../deployment';
import { type LicenceName, licence } from '../licences';
import type { WeightsModel } from '../model';
import { config, modelsDev, recipe, SUPPORT_MATRIX } from '../sources';
import { computedSize } from '../weights';

const CARDS = 'meta-llama/llama-models (a9c89c4)';
const README = 'meta-llama/llama-models README.md (a9c89c4)';

interface Llama {
  readonly id: string;
  readonly title: string;
  readonly task: WeightsModel['task'];
  readonly modelScopeId?: string;
  readonly huggingFaceId: string;
  readonly parametersBillions: WeightsModel['parametersBillions'];
  readonly released: WeightsModel['released'];
  readonly licence: WeightsModel['licence'];
  readonly attention?: WeightsModel['attention'];
  readonly contextLength: WeightsModel['contextLength'];
  readonly base?: WeightsModel['base'];
  readonly deployments: WeightsModel['deployments'];
}

function llama(entry: Llama): WeightsModel {
  const { modelScopeId, huggingFaceId, parametersBillions } = entry;
  return {
    ...entry,
    access: 'weights',
    origin: 'foreign',
    runtime: 'vllm-ascend',
    weights: {
      format: 'bf16',
      ...(modelScopeId
        ? { hub: 'modelscope', repository: modelScopeId }
        : { hub: 'huggingface', repository: huggingFaceId }),
      sizeGib: computedSize(parametersBillions.value, 'bf16'),
    },
  };
}

function llama31(size: number, shape: [number, number], deployments: WeightsModel['deployments']) {
  const [layers, heads] = shape;
  const base = config(`meta-llama/Meta-Llama-3.1-${size}B`);
  return llama({
    id: `llama-3-1-${size}b`,
    title: `Llama-3.1-${size}B-Instruct`,
    task: 'chat',
    modelScopeId: `LLM-Research/Meta-Llama-3.1-${size}B-Instruct`,
    huggingFaceId: `meta-llama/Meta-Llama-3.1-${size}B-Instruct`,
    parametersBillions: { value: size, source: `${CARDS} models/llama3_1/MODEL_CARD.md` },
    released: { value: '2024-07-23', source: `${CARDS} models/llama3_1/MODEL_CARD.md` },
    licence: said('Llama 3.1 Community License', 'llama3_1/MODEL_CARD.md'),
    attention: mha(layers, heads, 8, 128, base),
    contextLength: { value: 131072, source: base },
    deployments,
  });
}

function said(name: LicenceName, card: string) {
  return licence(name, `${CARDS} models/${card}`);
}

/** Llama of Meta, and what it made of it. */
export const LLAMA: readonly WeightsModel[] = [
  llama31(8, [32, 32], onBoth(listed(1))),
  llama31(70, [80, 64], onBoth(listed(4))),
  // On A2 a replica would be one pipeline over two servers, which no document shows.
  llama31(405, [126, 128], {
    A3: tensorParallel(16, {
      source: SUPPORT_MATRIX,
      arguments: { maxModelLen: 65536 },
      assumed:
        'its kind is listed without servers; one A3 server holds the weights and half its context',
    }),
  }),
  llama({
    id: 'llama-3-3-70b',
    title: 'Llama-3.3-70B-Instruct',
    task: 'chat',
    modelScopeId: 'LLM-Research/Llama-3.3-70B-Instruct',
    huggingFaceId: 'meta-llama/Llama-3.3-70B-Instruct',
    parametersBillions: { value: 70, source: `${CARDS} models/llama3_3/MODEL_CARD.md` },
    // The README says 12/04/2024, other lists two days later: the later one.
    released: { value: '2024-12-06', source: modelsDev('meta/llama-3.3-70b-instruct') },
    licence: said('Llama 3.3 Community License', 'llama3_3/MODEL_CARD.md'),
    contextLength: { value: 131072, source: recipe('meta-llama/Llama-3.3-70B-Instruct') },
    deployments: onBoth(listed(4)),
  }),
  llama({
    id: 'llama-3-2-11b-vision',
    title: 'Llama-3.2-11B-Vision-Instruct',
    task: 'vision-language',
    modelScopeId: 'LLM-Research/Llama-3.2-11B-Vision-Instruct',
    huggingFaceId: 'meta-llama/Llama-3.2-11B-Vision-Instruct',
    parametersBillions: { value: 11, source: README },
    released: { value: '2024-09-25', source: `${CARDS} models/llama3_2/MODEL_CARD_VISION.md` },
    licence: said('Llama 3.2 Community License', 'llama3_2/MODEL_CARD_VISION.md'),
    contextLength: { value: 131072, source: `${README}: 128K` },
    deployments: onBoth(listed(1)),
  }),
  llama({
    id: 'codellama-34b',
    title: 'CodeLlama-34b-Instruct',
    task: 'code',
    huggingFaceId: 'codellama/CodeLlama-34b-Instruct-hf',
    base: {
      name: 'Llama 2',
      origin: 'foreign',
      source: 'meta-llama/codellama MODEL_CARD.md (e81b597)',
    },
    parametersBillions: { value: 34, source: 'meta-llama/codellama MODEL_CARD.md (e81b597)' },
    released: { value: '2023-08-24', source: 'meta-llama/codellama, first commit (427d6ac)' },
    licence: licence('Llama 2 Community License', 'meta-llama/codellama LICENSE (e81b597)'),
    contextLength: {
      value: 16384,
      source: 'meta-llama/codellama MODEL_CARD.md (e81b597): fine-tuned with up to 16K tokens',
    },
    deployments: onBoth(listed(2)),
  }),
];
