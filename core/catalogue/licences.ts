import type { Licence, Restriction } from './licence';

/** A licence text: what it restricts, and where that was read. */
interface LicenceText {
  readonly restrictions: readonly Restriction[];
  readonly text: string;
}

const LLAMA = 'meta-llama/llama-models (a9c89c4)';

/** Licences of the catalogue, by SPDX id where one exists. */
export const LICENCES = {
  MIT: { restrictions: [], text: 'spdx.org/licenses/MIT' },
  'Apache-2.0': { restrictions: [], text: 'spdx.org/licenses/Apache-2.0' },
  'AGPL-3.0-only': { restrictions: ['copyleft'], text: 'spdx.org/licenses/AGPL-3.0-only' },
  'CC-BY-NC-4.0': { restrictions: ['non-commercial'], text: 'spdx.org/licenses/CC-BY-NC-4.0' },
  'Llama 2 Community License': {
    restrictions: ['scale', 'acceptable-use'],
    text: `${LLAMA} models/llama2/LICENSE`,
  },
  'Llama 3.1 Community License': {
    restrictions: ['branding', 'scale', 'acceptable-use'],
    text: `${LLAMA} models/llama3_1/LICENSE`,
  },
  /** Its use policy grants no rights on the multimodal models to those in the European Union. */
  'Llama 3.2 Community License': {
    restrictions: ['branding', 'scale', 'acceptable-use', 'territory'],
    text: `${LLAMA} models/llama3_2/LICENSE and USE_POLICY.md`,
  },
  'Llama 3.3 Community License': {
    restrictions: ['branding', 'scale', 'acceptable-use'],
    text: `${LLAMA} models/llama3_3/LICENSE`,
  },
  /** MIT with the name shown by services above a number of users or a turnover. */
  'Kimi K2 Modified MIT License': {
    restrictions: ['branding'],
    text: 'MoonshotAI/Kimi-K2 LICENSE (c6157be)',
  },
  'MiniMax Model License': {
    restrictions: ['acceptable-use'],
    text: 'MiniMax-AI/MiniMax-M2.5 LICENSE-MODEL (0fe00c8)',
  },
  /** No commercial use without a written authorization of MiniMax; its name is shown then. */
  'MiniMax-M2.7 Non-Commercial License': {
    restrictions: ['non-commercial', 'branding', 'acceptable-use'],
    text: 'gnu.support/software-freedom-fakers: MiniMax-M2.7 license, quoted whole',
  },
  'FunASR Model License 1.1': {
    restrictions: ['branding'],
    text: 'modelscope/FunASR MODEL_LICENSE: name of the model and its author',
  },
  /** Not for the European Union, the United Kingdom and South Korea. */
  'Tencent Hunyuan Community License': {
    restrictions: ['territory', 'scale', 'acceptable-use'],
    text: 'Tencent-Hunyuan/Hunyuan-MT License.txt (2338007)',
  },
  'BigCode OpenRAIL-M v1': {
    restrictions: ['acceptable-use'],
    text: 'huggingface.co/spaces/bigcode/bigcode-model-license-agreement',
  },
  'CreativeML Open RAIL++-M': {
    restrictions: ['acceptable-use'],
    text: 'Stability-AI/generative-models model_licenses/LICENSE-SDXL1.0 (0ad7de9)',
  },
  'Stable Video Diffusion Non-Commercial License': {
    restrictions: ['non-commercial', 'acceptable-use'],
    text: 'Stability-AI/generative-models model_licenses/LICENSE-SVD (0ad7de9)',
  },
  'FLUX.1 [dev] Non-Commercial License': {
    restrictions: ['non-commercial'],
    text: 'black-forest-labs/flux model_licenses/LICENSE-FLUX1-dev (802fb47)',
  },
  'Coqui Public Model License': {
    restrictions: ['non-commercial'],
    text: 'coqui.ai/cpml, as described by yobitel.com/knowledge-base/xtts',
  },
  'Gemma Terms of Use': {
    restrictions: ['acceptable-use'],
    text: 'ai.google.dev/gemma/prohibited_use_policy',
  },
} as const satisfies Readonly<Record<string, LicenceText>>;

export type LicenceName = keyof typeof LICENCES;

/**
 * The licence of a model.
 * @param source where it is said that the model has this licence
 */
export function licence(name: LicenceName, source: string, assumed?: string): Licence {
  const { restrictions } = LICENCES[name];
  return { name, restrictions, source, ...(assumed ? { assumed } : {}) };
}
