import type { Serving, ServingOptions } from '../centre';

/** A model that many share, in the centre's own tenant. */
type Shared = ServingOptions & Pick<Serving, 'name' | 'clients'>;

function shared(model: string, replicas: number, rest: Partial<Shared> = {}): Shared {
  return { model, replicas, ...rest };
}

/**
 * Over two servers a replica is on the network of the host, so callers need a key; the site puts it into the
 * Secret, a key a model.
 */
function overServers(model: string, replicas: number): Shared {
  return shared(model, replicas, { apiKey: { secret: 'model-api-keys', key: model } });
}

/** Not served by vLLM: in a container of the site's, which is called like the model and loads its weights. */
export function siteContainer(model: string) {
  return {
    image: `registry.aicc.internal/model-services/serving/${model}:1.0.0`,
    container: { args: ['--model=$(MODEL_PATH)'] },
  };
}

function inContainer(model: string, replicas: number, clients: readonly string[] = []): Shared {
  return shared(model, replicas, { ...siteContainer(model), clients });
}

/** Distilled from Llama: the licence of Llama holds, and has terms. */
function llamaDistill(model: string): Shared {
  return shared(model, 1, {
    acceptLicence: {
      restrictions: ['branding', 'scale', 'acceptable-use'],
      reason: 'one of the six distilled models of February 2025; the centre keeps the terms',
    },
  });
}

const SHARED: Readonly<Record<string, readonly Shared[]>> = {
  'phase-100p': [
    overServers('deepseek-r1', 1),
    shared('deepseek-r1-distill-qwen-1-5b', 2),
    shared('deepseek-r1-distill-qwen-7b', 4),
    shared('deepseek-r1-distill-qwen-14b', 4),
    shared('deepseek-r1-distill-qwen-32b', 4),
    llamaDistill('deepseek-r1-distill-llama-8b'),
    llamaDistill('deepseek-r1-distill-llama-70b'),
    { model: 'qwen3-8b', autoscaling: { minReplicas: 4, maxReplicas: 8 } },
    shared('qwen3-14b', 2),
    shared('qwen3-32b', 4),
    shared('qwen3-embedding-8b', 2),
    shared('qwen3-reranker-8b', 2),
  ],
  'phase-200p': [
    overServers('deepseek-v3-1', 1),
    shared('qwen3-235b-a22b', 1),
    shared('qwen3-coder-30b-a3b', 2),
    shared('qwen3-vl-8b', 4),
    shared('qwen3-asr-1-7b', 2),
    shared('paddleocr-vl', 2),
    inContainer('qwen-image', 1),
    inContainer('rt-detr-r50', 2, ['traffic-signals']),
    inContainer('sundial-base-128m', 1, ['traffic-signals']),
  ],
  'phase-300p': [
    overServers('deepseek-r1', 1),
    shared('qwen3-235b-a22b', 1),
    shared('deepseek-r1-distill-qwen-32b', 2),
    shared('qwen3-vl-8b', 4),
    shared('deepseek-ocr', 2),
    shared('qwen3-embedding-8b', 4),
    inContainer('rt-detr-r50', 2, ['city-urban-governance', 'public-transport']),
    inContainer('pp-liteseg-t', 2, ['city-urban-governance']),
  ],
  'phase-1000p': [
    overServers('deepseek-r1', 4),
    overServers('deepseek-v3-1', 2),
    shared('qwen3-235b-a22b', 4),
    shared('deepseek-r1-distill-qwen-32b', 4),
    shared('qwen3-32b', 8),
    shared('qwen3-coder-30b-a3b', 4),
    { model: 'qwen3-8b', autoscaling: { minReplicas: 4, maxReplicas: 12 } },
    shared('qwen3-vl-8b', 8),
    shared('qwen3-embedding-8b', 8),
    shared('qwen3-reranker-8b', 4),
    shared('qwen3-asr-1-7b', 4),
    inContainer('qwen-image', 2),
    inContainer('rt-detr-r50', 4, ['city-urban-governance', 'traffic-signals']),
    inContainer('sundial-base-128m', 2, ['traffic-signals', 'public-transport']),
  ],
};

export const SERVINGS: readonly Serving[] = Object.entries(SHARED).flatMap(([phase, models]) =>
  models.map((serving) => ({ phase, tenant: 'model-services', ...serving })),
);
