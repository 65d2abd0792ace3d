import { APIS } from './families/apis';
import { DEEPSEEK } from './families/deepseek';
import { DEEPSEEK_DISTILLS } from './families/deepseek-distills';
import { DEEPSEEK_V4 } from './families/deepseek-v4';
import { EARLIER } from './families/earlier';
import { FOREIGN_TEXT } from './families/foreign-text';
import { GENERATION } from './families/generation';
import { GLM } from './families/glm';
import { KIMI } from './families/kimi';
import { LLAMA } from './families/llama';
import { MINIMAX } from './families/minimax';
import { OCR } from './families/ocr';
import { QWEN3 } from './families/qwen3';
import { QWEN3_MOE } from './families/qwen3-moe';
import { QWEN3_VISION } from './families/qwen3-vision';
import { RETRIEVAL } from './families/retrieval';
import { SPEECH } from './families/speech';
import { TIME_SERIES } from './families/time-series';
import { TRANSLATION } from './families/translation';
import { VISION } from './families/vision';
import { VISION_LANGUAGE } from './families/vision-language';
import type { Model } from './model';

/** The models that this package knows, in the order of their families. */
export const MODELS: readonly Model[] = [
  ...DEEPSEEK,
  ...DEEPSEEK_V4,
  ...DEEPSEEK_DISTILLS,
  ...QWEN3,
  ...QWEN3_MOE,
  ...QWEN3_VISION,
  ...GLM,
  ...KIMI,
  ...MINIMAX,
  ...RETRIEVAL,
  ...SPEECH,
  ...OCR,
  ...VISION_LANGUAGE,
  ...VISION,
  ...GENERATION,
  ...TRANSLATION,
  ...TIME_SERIES,
  ...EARLIER,
  ...LLAMA,
  ...FOREIGN_TEXT,
  ...APIS,
];

/** Looks a model up by its id. */
export function findModel(id: string): Model | undefined {
  return MODELS.find((entry) => entry.id === id);
}
