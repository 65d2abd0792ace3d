import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allModels, ModelWeights, type WeightsModel } from '../../../constructs';
import { vocabularyGate } from '../../../constructs/model-serving/vocabulary-gate';
import { problemsOf, SMALL_POOL } from '../../helpers/cluster';
import { temporaryFolder } from '../../helpers/temporary-folder';
import { containerOf, ofServing, only, podsOf, serving } from './fixtures';

const MODELS_WITH = allModels().flatMap((model) =>
  model.access === 'weights' && model.vocabulary ? model : [],
);

/** Whether chats of a model are written by a library that fetches a vocabulary: harmony, for gpt-oss. */
function needsOne({ id }: Pick<WeightsModel, 'id'>): boolean {
  return id.startsWith('gpt-oss');
}

test('every model with such a tokenizer has its vocabulary, and no other one', () => {
  const needing = allModels()
    .filter(needsOne)
    .map(({ id }) => id);
  expect(needing.length).toBeGreaterThan(0);
  expect(MODELS_WITH.map(({ id }) => id)).toEqual(needing);
});

test.each(MODELS_WITH.map((model) => [model.id, model] as const))(
  '%s finds its vocabulary beside the weights, and waits for it',
  (model, { vocabulary }) => {
    const pod = podsOf(ofServing(serving({ model }))).alone;
    const folder = `/models/${vocabulary?.repository}`;
    expect(containerOf(pod).env).toContainEqual({ name: vocabulary?.variable, value: folder });
    const gate = pod?.spec?.initContainers?.find(({ name }) => name === 'vocabulary');
    const checksums = gate?.env?.[0]?.value?.split('\n');
    expect(checksums).toEqual(
      vocabulary?.files.map(({ name, sha256 }) => `${sha256}  ${folder}/${name}`),
    );
    expect(checksums?.every((line) => /^[0-9a-f]{64} {2}\//.test(line))).toBe(true);
    expect(gate?.volumeMounts).toEqual([{ name: 'weights', mountPath: '/models', readOnly: true }]);
  },
);

test('a download of such a model fetches the vocabulary, too', () => {
  const made = serving({ model: 'gpt-oss-120b' }, {}, { weightsStorageClass: 'nfs' });
  new ModelWeights(made.stack, 'weights', {
    tenant: made.tenant,
    claimName: 'weights',
    sizeGib: 300,
    download: {
      models: ['qwen3-8b', 'gpt-oss-120b'],
      mirror: { urlPrefix: 'https://mirror.internal/models', cidr: '10.1.0.5/32' },
      image: 'registry.internal/tools/curl:8.11',
    },
  });
  const job = only(made.objects(), 'Job');
  expect(job.spec.template.spec.containers[0].env).toContainEqual({
    name: 'REPOSITORIES',
    value: 'Qwen/Qwen3-8B unsloth/gpt-oss-120b-BF16 openai/encodings',
  });
});

test('another folder would pass by the gate', () => {
  const environment = { TIKTOKEN_ENCODINGS_BASE: '/tmp' };
  const problems = problemsOf(
    serving({ model: 'gpt-oss-120b', environment }, {}, { pools: [{ ...SMALL_POOL }] }).make,
  );
  expect(problems).toEqual([
    expect.stringMatching(/TIKTOKEN_ENCODINGS_BASE is set by this construct/),
  ]);
});

test('the gate opens for files with the right checksums only', async () => {
  const root = temporaryFolder();
  const content = 'aGVsbG8= 0\n';
  const sha256 = createHash('sha256').update(content).digest('hex');
  const vocabulary = { variable: 'V', repository: 'a/b', address: '', source: '' };
  const files = [{ name: 'one.tiktoken', sha256 }];
  const { command = [], env } = vocabularyGate({ ...vocabulary, files }, 'image');
  const run = () => {
    const [shell = '', ...args] = command;
    // Its folder, and no fifteen seconds between looks.
    const script = args.map((word) => word.replace('sleep 15', 'sleep 0.1'));
    const checksums = env?.[0]?.value?.replaceAll('/models/', `${root}/`);
    return spawn(shell, script, { env: { ...process.env, CHECKSUMS: checksums } });
  };
  const waiting = run();
  const exit = once(waiting, 'exit');
  const [said] = await once(waiting.stdout, 'data');
  expect(`${said}`).toContain('waiting for');
  mkdirSync(join(root, 'a/b'), { recursive: true });
  writeFileSync(join(root, 'a/b/one.tiktoken'), 'half of it');
  await once(waiting.stdout, 'data');
  expect(waiting.exitCode).toBeNull();
  writeFileSync(join(root, 'a/b/one.tiktoken'), content);
  expect(await exit).toEqual([0, null]);
}, 30_000);
