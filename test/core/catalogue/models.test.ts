import {
  allModels,
  computedSize,
  expertsGib,
  findModel,
  isDomestic,
  isPooling,
  isQuantized,
  type Model,
  type Task,
  type WeightsModel,
  weightsOn,
} from '../../../constructs';

function found(id: string): Model {
  const model = findModel(id);
  if (!model) throw new Error(`no model '${id}'`);
  return model;
}

function served(id: string): WeightsModel {
  const model = found(id);
  if (model.access !== 'weights') throw new Error(`'${id}' has no weights`);
  return model;
}

// What the centre's service names: documented deployments of vllm-ascend, and both sides of replacements.
test.each([
  ...['deepseek-r1', 'deepseek-v3-1', 'deepseek-v3-2', 'deepseek-v4-flash', 'deepseek-v4-pro'],
  ...['qwen3-8b', 'qwen3-14b', 'qwen3-32b', 'qwen3-30b-a3b', 'qwen3-coder-30b-a3b'],
  ...['qwen3-235b-a22b', 'qwen3-235b-a22b-2507', 'qwen3-5-397b-a17b'],
  ...['qwen3-vl-8b', 'qwen3-vl-30b-a3b', 'qwen3-vl-235b-a22b', 'qwen3-asr-1-7b'],
  ...['qwen3-embedding-0-6b', 'qwen3-embedding-4b', 'qwen3-embedding-8b'],
  ...['qwen3-reranker-0-6b', 'qwen3-reranker-4b', 'qwen3-reranker-8b'],
  ...['deepseek-r1-distill-qwen-1-5b', 'deepseek-r1-distill-qwen-7b'],
  ...['deepseek-r1-distill-qwen-14b', 'deepseek-r1-distill-qwen-32b'],
  ...['deepseek-r1-distill-llama-8b', 'deepseek-r1-distill-llama-70b'],
  ...['glm-4-5-air', 'glm-4-5', 'glm-4-6', 'glm-4-7', 'glm-5', 'glm-5-2'],
  ...['kimi-k2', 'kimi-k2-thinking', 'kimi-k2-5', 'kimi-k2-6', 'minimax-m2-5', 'minimax-m2-7'],
  ...['gpt-oss-120b'],
  ...['paddleocr-vl', 'deepseek-ocr', 'deepseek-ocr-2', 'trocr-large'],
  ...['llama-3-1-8b', 'llama-3-1-70b', 'llama-3-1-405b', 'llama-3-3-70b', 'llama-3-2-11b-vision'],
  ...['mistral-7b', 'mixtral-8x7b', 'mixtral-8x22b', 'gemma-3-27b', 'codellama-34b'],
  ...['starcoder2-15b', 'multilingual-e5-large', 'ms-marco-minilm-l6', 'bge-m3'],
  ...['bge-reranker-v2-m3', 'whisper-large-v3', 'sensevoice-small', 'yolov8x', 'rt-detr-r50'],
  ...['sam-vit-h', 'deeplabv3-r101', 'pp-liteseg-t', 'pp-mobileseg-base'],
  ...['llava-1-6-mistral-7b', 'internvl3-5-38b', 'sdxl', 'flux-1-dev', 'qwen-image'],
  ...['svd-xt', 'wan2-2-t2v-a14b', 'wan2-2-ti2v-5b', 'xtts-v2', 'cosyvoice2-0-5b'],
  ...['nllb-200-3-3b', 'hunyuan-mt-7b', 'timesfm-2-5-200m', 'chronos-bolt-base'],
  ...['sundial-base-128m', 'gpt-4o', 'o1', 'claude-3-5-sonnet', 'text-embedding-3-large'],
  ...['cohere-rerank-3', 'sora'],
])('knows %s', (id) => {
  expect(findModel(id)?.id).toBe(id);
});

test('does not know what is not there', () => {
  expect(findModel('qwen9')).toBeUndefined();
  expect(findModel('constructor')).toBeUndefined();
});

test('each task that a replacement may have has a foreign model and a domestic one', () => {
  const replaced: readonly Task[] = [
    ...(['chat', 'reasoning', 'code', 'agent', 'embedding', 'reranker', 'ocr'] as const),
    ...(['speech-recognition', 'speech-synthesis', 'vision-language', 'detection'] as const),
    ...(['segmentation', 'image-generation', 'video-generation', 'translation'] as const),
    'time-series',
  ];
  for (const task of replaced) {
    const models = allModels().filter((model) => model.task === task);
    expect([task, models.some((model) => model.origin === 'foreign')]).toEqual([task, true]);
    expect([task, models.some((m) => m.access === 'weights' && isDomestic(m))]).toEqual([
      task,
      true,
    ]);
  }
});

test('domestic is a model whose base is domestic, too', () => {
  expect(isDomestic(found('deepseek-r1'))).toBe(true);
  expect(isDomestic(found('qwen3-8b'))).toBe(true);
  expect(isDomestic(found('llama-3-1-8b'))).toBe(false);
  // Of a domestic maker, on Llama of Meta.
  expect(found('deepseek-r1-distill-llama-70b').origin).toBe('domestic');
  expect(isDomestic(found('deepseek-r1-distill-llama-70b'))).toBe(false);
  // Of a domestic maker, on XLM-RoBERTa of Meta.
  expect(isDomestic(found('bge-m3'))).toBe(false);
});

test('distills on Llama keep its licence, those on Qwen do not', () => {
  expect(served('deepseek-r1-distill-llama-8b').licence).toMatchObject({
    name: 'Llama 3.1 Community License',
    restrictions: ['branding', 'scale', 'acceptable-use'],
  });
  expect(served('deepseek-r1-distill-qwen-7b').licence).toMatchObject({
    name: 'MIT',
    restrictions: [],
  });
});

test('licences that need a decision say why', () => {
  const restricted = (id: string) => served(id).licence.restrictions;
  expect(restricted('hunyuan-mt-7b')).toContain('territory');
  expect(restricted('flux-1-dev')).toContain('non-commercial');
  expect(restricted('nllb-200-3-3b')).toContain('non-commercial');
  expect(restricted('xtts-v2')).toContain('non-commercial');
  expect(restricted('minimax-m2-7')).toContain('non-commercial');
  expect(restricted('yolov8x')).toContain('copyleft');
  expect(restricted('llama-3-2-11b-vision')).toContain('territory');
});

test('DeepSeek-R1 is documented on two A2 servers and on one A3 server', () => {
  const { A2, A3 } = served('deepseek-r1').deployments;
  expect(A2).toMatchObject({ servers: 2, npus: 16, tensorParallel: 4, dataParallel: 4 });
  expect(A3).toMatchObject({ servers: 1, npus: 16, tensorParallel: 4, dataParallel: 4 });
  expect(A2?.assumed).toBeUndefined();
});

test('a platform may have weights of its own', () => {
  const model = served('qwen3-8b');
  expect(weightsOn(model, 'A2').repository).toBe('Qwen/Qwen3-8B');
  expect(weightsOn(model, '310P')).toMatchObject({
    format: 'w8a8sc',
    directory: 'TP1/Qwen3-8B-w8a8sc-310-vllm-tp1',
  });
});

test('only formats of Ascend are told to vLLM', () => {
  expect(isQuantized(served('deepseek-r1').weights)).toBe(true);
  expect(isQuantized(served('qwen3-8b').weights)).toBe(false);
  // Quantized by its maker: its own configuration says how.
  expect(isQuantized(served('kimi-k2-thinking').weights)).toBe(false);
});

test('embedding and reranking answer with numbers', () => {
  expect(
    allModels()
      .filter(isPooling)
      .map(({ task }) => task),
  ).toEqual(expect.arrayContaining(['embedding', 'reranker']));
  expect(isPooling(found('qwen3-8b'))).toBe(false);
});

test('a computed size says so', () => {
  // 8e9 × 2 bytes = 14.9012 GiB, upwards.
  expect(computedSize(8, 'bf16')).toEqual({
    value: 15,
    source: '8 billion parameters × 2 bytes of bf16',
    assumed: 'computed: the size of the repository was not found',
  });
});

test('routed experts are nearly all of DeepSeek-R1, and none of a dense model', () => {
  const model = served('deepseek-r1');
  // 58 layers × 256 experts × 3 × 7168 × 2048 = 653.9 billion, a byte each.
  expect(expertsGib(model, model.weights)?.value).toBeCloseTo(609, 0);
  expect(expertsGib(served('qwen3-8b'), served('qwen3-8b').weights)).toBeUndefined();
});

test('files that are on no hub have an address, and each repository is a path of two parts', () => {
  const all = allModels().flatMap((model) =>
    model.access === 'weights'
      ? [model.weights, ...Object.values(model.deployments).flatMap((d) => d.weights ?? [])]
      : [],
  );
  for (const { repository, hub, address } of all) {
    expect([repository, repository]).toEqual([
      repository,
      expect.stringMatching(/^[\w.-]+\/[\w.-]+$/),
    ]);
    expect([repository, address !== undefined]).toEqual([repository, hub === 'web']);
  }
});
