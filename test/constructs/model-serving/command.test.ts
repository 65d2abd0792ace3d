import { spawnSync } from 'node:child_process';
import { allModels, VLLM_FLAGS } from '../../../constructs';
import { vllmArgs } from '../../../constructs/model-serving/command';
import type { PodRole, ResolvedServing } from '../../../constructs/model-serving/serving';
import { fitOnPool } from '../../../core/serving/fit';
import { problemsOf } from '../../helpers/cluster';
import { Template } from '../../helpers/template';
import { containerOf, group, ofServing, POOLS, podsOf, serving } from './fixtures';

function argsOf(made: ReturnType<typeof serving>, role = 'alone'): string[] {
  return containerOf(podsOf(ofServing(made))[role]).args ?? [];
}

/** Names of the flags of a command line; `--no-x` is a way to write `--x`. */
function flagNames(args: readonly string[]): string[] {
  const words = args.flatMap((word) => word.split(' ')).filter((word) => word.startsWith('--'));
  return words.map((word) => word.slice(2).replace(/=.*$/s, ''));
}

function unknownFlags(args: readonly string[]): string[] {
  const known = new Set(VLLM_FLAGS.flatMap((name) => [name, `no-${name}`]));
  return flagNames(args).filter((name) => !known.has(name));
}

/** Command lines of all models that vLLM serves, on every server form that they run on. */
const LINES = POOLS.flatMap((pool) => {
  return allModels().flatMap((model) => {
    if (model.access !== 'weights' || model.runtime !== 'vllm-ascend') return [];
    const fit = fitOnPool(model, pool);
    if (Array.isArray(fit)) return [];
    const roles: PodRole[] = fit.pods > 1 ? ['leader', 'worker'] : ['alone'];
    return roles.map((role) => {
      const made = {
        alias: model.id,
        model,
        fit,
        arguments: {},
        flags: {},
        requestTimeoutSeconds: 300,
      } as unknown as ResolvedServing;
      return [
        `${model.id} on ${pool.server.accelerator.id}, ${role}`,
        vllmArgs(made, role),
      ] as const;
    });
  });
});

test('there are command lines of all server forms', () => {
  expect(LINES.length).toBeGreaterThan(allModels().length);
});

test.each(LINES)('vLLM has every flag of %s', (_, args) => {
  expect(flagNames(args).length).toBeGreaterThan(3);
  expect(unknownFlags(args)).toEqual([]);
});

test.each(LINES)('vLLM computes with what was proven: %s', (name, args) => {
  const dtype = args.find((word) => word.startsWith('--dtype='));
  expect(dtype).toMatch(name.includes('310P') ? /=float16$/ : /=(bfloat16|float16|float32)$/);
});

test('a cache in FP8 is proven like weights in FP8', () => {
  const { stack, make } = serving({ flags: { 'kv-cache-dtype': 'fp8_e4m3' } });
  make();
  expect(() => Template.of(stack)).toThrow(/AICC-SRV-005.*which has no FP8/);
});

test('what several ranks answer is drained by one API server; a headless worker has none', () => {
  const parallel = LINES.filter(([, args]) =>
    args.some((word) => word.startsWith('--data-parallel-size=')),
  );
  const answering = parallel.filter(([, args]) => !args.includes('--headless'));
  expect(answering.length).toBeGreaterThan(10);
  expect(parallel.length).toBeGreaterThan(answering.length);
  for (const [name, args] of LINES) {
    const servers = args.filter((word) => word.includes('api-server-count'));
    const one = answering.some(([answers]) => answers === name);
    expect([name, servers]).toEqual([name, one ? ['--api-server-count=1'] : []]);
  }
});

const OWN_CODE = allModels().flatMap((model) =>
  model.access === 'weights' && model.repositoryCode ? model : [],
);

test('vLLM is told to run the code of every model that has some in its repository', () => {
  expect(OWN_CODE.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['gte-qwen2-7b', 'kimi-k2', 'kimi-k2-5', 'internvl3-5-38b']),
  );
  for (const { id, runtime } of OWN_CODE) {
    const lines = LINES.filter(([name]) => name.startsWith(`${id} on `));
    expect([id, runtime, lines.length > 0]).toEqual([id, 'vllm-ascend', true]);
    for (const [name, args] of lines) {
      expect([name, args.filter((word) => word.includes('trust-remote-code'))]).toEqual([
        name,
        ['--trust-remote-code'],
      ]);
    }
  }
});

test.each([{ arguments: { trustRemoteCode: false } }, { flags: { 'trust-remote-code': false } }])(
  'a model whose tokenizer is code is not served without: %j',
  (props) => {
    const problems = problemsOf(serving({ model: 'gte-qwen2-7b', ...props }).make);
    expect(problems).toEqual([
      expect.stringMatching(/^.*the tokenizer of gte-qwen2-7b is code.*got: false$/),
    ]);
  },
);

test('a flag that vLLM does not have is noticed', () => {
  expect(unknownFlags(['vllm', 'serve', '--swap-space=4', '--port=8000'])).toEqual(['swap-space']);
});

test('the command line of a quantized mixture of experts', () => {
  const pools = [
    { name: 'npu', serverForm: 'atlas-800t-a3', accelerator: '910C-752', servers: 1 } as const,
  ];
  const made = serving({ model: 'deepseek-r1' }, { guarantee: 16 }, { pools });
  expect(argsOf(made)).toEqual(
    expect.arrayContaining([
      'vllm',
      'serve',
      '/models/vllm-ascend/DeepSeek-R1-W8A8',
      '--served-model-name=deepseek-r1',
      '--port=8000',
      '--tensor-parallel-size=4',
      '--data-parallel-size=4',
      '--enable-expert-parallel',
      '--quantization=ascend',
      '--shutdown-timeout=300',
    ]),
  );
});

test('arguments and flags of the user come in place of those of the catalogue', () => {
  const args = argsOf(
    serving({
      arguments: { maxModelLen: 8192, trustRemoteCode: false, enablePrefixCaching: true },
      flags: {
        'max-lora-rank': 32,
        'kv-transfer-config': { kv_role: 'kv_both' },
        'numa-bind': true,
      },
      requestTimeoutSeconds: 60,
    }),
  );
  expect(args).toEqual(
    expect.arrayContaining([
      '--max-model-len=8192',
      '--no-trust-remote-code',
      '--enable-prefix-caching',
      '--max-lora-rank=32',
      '--kv-transfer-config={"kv_role":"kv_both"}',
      '--numa-bind',
      '--shutdown-timeout=60',
    ]),
  );
  expect(args.filter((word) => word.startsWith('--max-model-len'))).toHaveLength(1);
});

test.each([
  [{ flags: { 'swap-space': 4 } }, /vLLM 0.23.0 has no such flag; use .*got: 'swap-space'$/],
  [{ flags: { 'max-model-length': 4 } }, /one like .*max-model-len.*got: 'max-model-length'$/],
  [{ flags: { port: 80 } }, /--port is decided by this construct/],
  [{ flags: { 'api-key': 'sk-1' } }, /--api-key is a secret.*use apiKey .*got: 'api-key'$/],
  [{ flags: { 'enable-lora': 1 } }, /--enable-lora is true or false.*got: 1$/],
  [{ flags: { 'max-lora-rank': true } }, /--max-lora-rank has a value.*got: true$/],
  [{ arguments: { gpuMemoryUtilization: 1.2 } }, /above 0 and at most 1.*got: 1.2$/],
  [{ arguments: { maxModelLen: 0 } }, /maxModelLen must be a whole number.*got: 0$/],
  [
    { arguments: { maxNumSeqs: 16 }, flags: { 'max-num-seqs': 32 } },
    /max-num-seqs is in arguments, too/,
  ],
  // Proofs would count with another context and another share than vLLM.
  [{ flags: { 'max-model-len': 9_000_000 } }, /set arguments.maxModelLen instead/],
  [{ flags: { 'gpu-memory-utilization': 0.99 } }, /set arguments.gpuMemoryUtilization instead/],
  // More ranks than NPUs, a format that was not proven, and a port that probes do not understand.
  [{ flags: { 'prefill-context-parallel-size': 2 } }, /parallel-size is decided by this construct/],
  // Several would cut what runs at each stop.
  [{ flags: { 'api-server-count': 4 } }, /--api-server-count is decided by this construct/],
  [{ flags: { nnodes: 2 } }, /--nnodes is decided by this construct/],
  [{ flags: { dtype: 'bfloat16' } }, /--dtype is decided by this construct/],
  [{ flags: { 'ssl-keyfile': '/tls/key' } }, /--ssl-keyfile is decided by this construct/],
] as const)('fails for %j', (props, message) => {
  const problems = problemsOf(serving(props).make);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(message);
  expect(problems[0]).not.toContain('sk-1');
});

test('workers of a group calculate their first rank, and vLLM replaces the shell', () => {
  const made = group();
  const [shell, option, script = '', name = '', ...line] = argsOf(made, 'worker');
  expect([shell, option, name, ...line.slice(0, 2)]).toEqual([
    '/bin/sh',
    '-c',
    'sh',
    'vllm',
    'serve',
  ]);
  expect(line).toContain('--headless');
  // What is run in place of vLLM says who it is: the process of the shell itself.
  const run = spawnSync(
    '/bin/sh',
    ['-c', script, name, '/bin/sh', '-c', 'echo $$ "$@"', 'vllm', ...line],
    {
      env: { LWS_WORKER_INDEX: '3' },
      encoding: 'utf8',
    },
  );
  expect(run.stdout.trim()).toBe([run.pid, ...line, '--data-parallel-start-rank=6'].join(' '));
});
