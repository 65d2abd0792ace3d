import {
  allModels,
  cachePerDevice,
  deviceMemory,
  findServer,
  isKnown,
  isPooling,
  isQuantized,
  type ModelDeployment,
  type Platform,
  platformOf,
  type Server,
  type WeightsModel,
} from '../../../constructs';
import { servedModel } from '../../../core/serving/replica-plan';

const SERVERS: Readonly<Record<Platform, Server>> = {
  A2: findServer('atlas-800t-a2', '910B3') as Server,
  A3: findServer('atlas-800t-a3', '910C-752') as Server,
  '310P': findServer('atlas-300i-duo-server', '310P') as Server,
};

const CASES = allModels().flatMap((model) =>
  model.access === 'weights'
    ? Object.entries(model.deployments).map(
        ([platform, deployment]): [string, Platform, WeightsModel, ModelDeployment] => [
          model.id,
          platform as Platform,
          model,
          deployment,
        ],
      )
    : [],
);

test('the servers of this test are of the platforms they stand for', () => {
  for (const [platform, server] of Object.entries(SERVERS)) {
    expect(platformOf(server)).toBe(platform);
  }
});

test('models behind an API have nothing to serve', () => {
  for (const model of allModels().filter(({ access }) => access === 'api-only')) {
    expect(Object.keys(model).sort()).toEqual(
      ['access', 'id', 'origin', 'released', 'task', 'title'].sort(),
    );
  }
});

test.each(CASES)('%s on %s: tensor × data × pipeline is its NPUs', (_id, _platform, _model, d) => {
  const ranks = d.tensorParallel * (d.dataParallel ?? 1) * (d.pipelineParallel ?? 1);
  expect(ranks).toBe(d.npus);
});

test.each(CASES)('%s on %s: a pod has NPUs that the server form allows', (_id, platform, _m, d) => {
  const perPod = d.npus / d.servers;
  expect(SERVERS[platform].form.podNpuCounts).toContain(perPod);
  // A group takes whole servers: HCCL across parts of servers is not what the tutorials show.
  if (d.servers > 1) expect(perPod).toBe(SERVERS[platform].npus);
  // A tensor parallel group never leaves its server.
  expect(perPod % d.tensorParallel).toBe(0);
});

test.each(CASES)('%s on %s: the chip has its number formats', (_id, platform, model, d) => {
  // A 310P has no BF16, and none of the three has FP8 or FP4 (vllm-ascend, FAQ and PaddleOCR-VL).
  if (platform === '310P') expect(d.dtype).toBe('float16');
  expect(['fp8', 'mxfp4']).not.toContain((d.weights ?? model.weights).format);
});

test.each(CASES)('%s on %s: vLLM computes in 16 bits, in those of 16-bit weights', (...test) => {
  const [, platform, model, { dtype, weights = model.weights }] = test;
  if (model.runtime !== 'vllm-ascend') return;
  expect(['bfloat16', 'float16']).toContain(dtype);
  if (weights.format === 'fp16') expect(dtype).toBe('float16');
  // What vLLM makes of FP32 itself, where it answers with vectors.
  if (weights.format === 'fp32' && isPooling(model)) expect(dtype).toBe('float16');
  if (weights.format === 'bf16' && platform !== '310P') expect(dtype).toBe('bfloat16');
});

test.each(CASES)(
  '%s on %s: weights and a request of its context fit',
  (_id, platform, model, d) => {
    const plan = {
      model: servedModel(model, d),
      parallelism: {
        tensor: d.tensorParallel,
        data: d.dataParallel ?? 1,
        pipeline: d.pipelineParallel ?? 1,
        prefillContext: 1,
        expert: d.expertParallel ?? false,
      },
      podsPerReplica: d.servers,
      npusPerPod: d.npus / d.servers,
      memoryUtilization: d.arguments?.gpuMemoryUtilization ?? 0.9,
      hcclBufferMib: Number(d.environment?.HCCL_BUFFSIZE ?? 200),
    };
    const { roomGib } = deviceMemory(plan, SERVERS[platform]);
    expect(roomGib).toBeGreaterThan(0);
    const { attention, contextTokens } = plan.model;
    if (!isKnown(attention) || contextTokens === undefined) return;
    // A 310P gives the cache half of what is left (proof AICC-SRV-004).
    const room = (roomGib ?? 0) / (platform === '310P' ? 2 : 1);
    expect(cachePerDevice(attention.value, plan.parallelism, contextTokens).gib).toBeLessThan(room);
  },
);

test.each(CASES)('%s on %s: head counts divide by its ranks', (_id, _platform, model, d) => {
  if (model.attention) expect(model.attention.value.heads % d.tensorParallel).toBe(0);
});

test.each(CASES)('%s on %s: asks for no more context than the model has', (_id, _p, model, d) => {
  if (!model.contextLength || d.arguments?.hfOverrides) return;
  expect(d.arguments?.maxModelLen ?? 0).toBeLessThanOrEqual(model.contextLength.value);
});

test.each(CASES)('%s on %s: arguments belong to vLLM only', (_id, _platform, model, d) => {
  if (model.runtime === 'container') {
    expect(d.arguments).toBeUndefined();
    expect(d.environment).toBeUndefined();
    expect(isQuantized(d.weights ?? model.weights)).toBe(false);
  }
});

test.each(CASES)('%s on %s: thoughts are told from answers, not left in them', (...test) => {
  const [, , , { arguments: args = {} }] = test;
  // vLLM 0.23.0: with `…_append_think`, a forced tool call and a JSON answer begin with `<think>`, and are lost.
  expect(args.reasoningParser ?? '').not.toMatch(/append_think/);
  // vLLM parses calls only when it is told to, and wants a parser for it.
  expect(args.enableAutoToolChoice ?? false).toBe(args.toolCallParser !== undefined);
});

test('experts are spread only where there are some', () => {
  for (const [id, , model, deployment] of CASES) {
    if (!deployment.expertParallel) continue;
    expect([id, model.activeBillions?.value]).toEqual([id, expect.any(Number)]);
  }
});

test('environment has no addresses, no paths and no devices', () => {
  for (const [id, , , { environment = {} }] of CASES) {
    for (const [name, value] of Object.entries(environment)) {
      expect([id, name]).toEqual([id, expect.not.stringMatching(/IFNAME|_IP$|VISIBLE|PATH/)]);
      expect([id, name, value]).toEqual([id, name, expect.not.stringMatching(/[/$]/)]);
    }
  }
});
