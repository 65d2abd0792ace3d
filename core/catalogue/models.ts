import { readData } from '../data-files';
import { loadModels } from './load';
import type { Model } from './model';
import type { ModelFile } from './model-file';

/** Files below `data/models`, in the order in which their models are told. */
const FAMILIES = [
  'deepseek',
  'deepseek-v4',
  'deepseek-distills',
  'qwen3',
  'qwen3-moe',
  'qwen3-vision',
  'glm',
  'kimi',
  'minimax',
  'retrieval',
  'speech',
  'ocr',
  'vision-language',
  'vision',
  'generation',
  'translation',
  'time-series',
  'earlier',
  'llama',
  'foreign-text',
  'apis',
] as const;

let loaded: readonly Model[] | undefined;

/** The models that this package knows, in the order of their families. They are read when first asked for. */
export function allModels(): readonly Model[] {
  loaded ??= FAMILIES.flatMap((family) => {
    const file = `${family}.json`;
    return loadModels(readData<ModelFile>(__dirname, 'data/models', file), file);
  });
  return loaded;
}

/** Looks a model up by its id. */
export function findModel(id: string): Model | undefined {
  return allModels().find((entry) => entry.id === id);
}
