import { type ModelServingProps, TenantNamespace } from '../../../constructs';
import { problemsOf, SMALL_POOL, smallCluster } from '../../helpers/cluster';
import { testStack } from '../../helpers/template';
import { containerOf, ofServing, podsOf, serving, WEIGHTS } from './fixtures';

const KEY = { secret: 'keys', key: 'chat' };

test.each<[object, RegExp]>([
  [
    { apiKey: 'sk-plain' },
    /apiKey must name a Secret.*put the value into a Secret, got: a string$/,
  ],
  [{ apiKey: { secret: 'Keys', key: 'a' } }, /apiKey.secret must be a DNS subdomain.*got: 'Keys'/],
  [{ apiKey: { secret: 'keys', key: 'a b' } }, /apiKey.key must be a key of a Secret.*got: 'a b'/],
  [{ environment: { HF_TOKEN: 'hf_plain' } }, /HF_TOKEN looks like a secret.*got: a plain value$/],
  [{ environment: { DB_PASSWORD: 'x' } }, /DB_PASSWORD looks like a secret/],
  [{ environment: { APIKEY: 'sk-plain' } }, /APIKEY looks like a secret/],
  [{ environment: { accessToken: 'hf_plain' } }, /accessToken looks like a secret/],
  [{ environment: { HTTPS_PROXY: 'http://me:hf_plain@proxy:3128' } }, /HTTPS_PROXY looks like/],
  [{ environment: { EXTRA: `hf_plain${'a'.repeat(20)}` } }, /EXTRA looks like a secret/],
  [
    { flags: { 'kv-transfer-config': { store: { access_key: 'sk-plain' } } } },
    /flags: kv-transfer-config has what looks like a secret.*got: a plain value$/,
  ],
  [
    { arguments: { additionalConfig: { url: 'redis://:sk-plain@cache' } } },
    /arguments: additionalConfig has what looks like a secret.*got: a plain value$/,
  ],
  [{ environment: { HCCL_IF_IP: '10.0.0.1' } }, /HCCL_IF_IP is set by this construct/],
  [
    { environment: { ASCEND_RUNTIME_MOUNTS: 'hostlog' } },
    /switches of the Ascend runtime are not set.*got: 'ASCEND_RUNTIME_MOUNTS'$/,
  ],
  [
    { secretEnvironment: { MOUNT_BY_RUNTIME_FOR_DP: KEY } },
    /switches of the Ascend runtime are not set.*got: 'MOUNT_BY_RUNTIME_FOR_DP'$/,
  ],
  [
    { environment: { HCCL_BUFFSIZE: '1 GiB' } },
    /HCCL_BUFFSIZE must be a whole number of MiB.*got: '1 GiB'$/,
  ],
  [{ environment: { '1A': 'x' } }, /a name has letters, digits and '_'.*got: '1A'/],
  [{ environment: { OMP_NUM_THREADS: 1 } }, /OMP_NUM_THREADS must be a text.*got: a number$/],
  [
    { secretEnvironment: { A: 'plain' } },
    /secretEnvironment of A must name a Secret.*got: a string$/,
  ],
  [
    { environment: { A: '1' }, secretEnvironment: { A: KEY } },
    /secretEnvironment: A is set already.*got: 'A' twice$/,
  ],
  [{ image: 'quay.io/ascend/vllm-ascend:latest' }, /a tag other than latest.*got: .*:latest'$/],
  [{ image: 'registry:5000/vllm-ascend' }, /with a digest or a tag/],
  [{ image: 'registry.internal/my image:1' }, /with a digest or a tag/],
  [{ image: 'https://registry.internal/vllm:1' }, /with a digest or a tag/],
  [
    { weights: { server: '', path: '/models' } },
    /weights.server must be a DNS subdomain.*got: ''$/,
  ],
  [
    { weights: { server: 'nfs', path: 'models' } },
    /weights.path must be an absolute path.*'models'$/,
  ],
  [{ requestTimeoutSeconds: 0 }, /requestTimeoutSeconds must be a whole number of 1 to 7200/],
  [{ container: {} }, /qwen3-8b is served by vLLM; leave container out/],
])('fails for %j and does not repeat what is secret', (props, message) => {
  const problems = problemsOf(serving(props as Partial<ModelServingProps>).make);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(message);
  expect(problems[0]).not.toMatch(/sk-plain|hf_plain/);
});

test.each([
  [['--api-key=sk-plain'], '--api-key'],
  [['--api-key', 'sk-plain'], '--api-key'],
  [['-c', 'exec serve --token sk-plain'], '--token'],
  [['-c', 'DB_PASSWORD=sk-plain exec serve'], 'DB_PASSWORD'],
  [['--store=s3://me:sk-plain@store/models'], '--store'],
])('a container is not told a secret by %j', (args, name) => {
  const model = { model: 'rt-detr-r50', image: 'registry.internal/rt-detr:1' };
  const problems = problemsOf(serving({ ...model, container: { args } }).make);
  expect(problems).toEqual([
    expect.stringContaining(`container.args: ${name} looks like a secret`),
  ]);
  expect(problems[0]).not.toContain('sk-plain');
});

test('names that only sound like secrets, and references to Secrets, are no secrets', () => {
  const environment = { TOKENIZERS_PARALLELISM: 'false', KEYSPACE: 'a', MONKEY: 'b', COMPASS: 'c' };
  const hfOverrides = { classifier_from_token: ['no', 'yes'], max_tokens: 5 };
  const flags = { 'additional-config': { key_dim: 4 } };
  expect(serving({ environment, arguments: { hfOverrides }, flags }).make).not.toThrow();
  const args = [
    '-c',
    'exec serve --api-key=$(API_KEY) --token "$TOKEN" --max-num-batched-tokens 5',
  ];
  const model = { model: 'rt-detr-r50', image: 'registry.internal/rt-detr:1' };
  expect(serving({ ...model, container: { args } }).make).not.toThrow();
});

test('all problems are said at once', () => {
  const made = serving({ model: 'nothing', replicas: 0, surge: 1.5, alias: 'A' });
  expect(problemsOf(made.make)).toHaveLength(4);
});

test('secrets are referred to, and stand nowhere', () => {
  const made = serving({ apiKey: KEY, secretEnvironment: { TOKEN: { secret: 'b', key: 'c' } } });
  const { env } = containerOf(podsOf(ofServing(made)).alone);
  expect(env).toEqual(
    expect.arrayContaining([
      { name: 'VLLM_API_KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'chat' } } },
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'b', key: 'c' } } },
    ]),
  );
});

test('digests are as good as tags', () => {
  const image = `registry.internal/vllm@sha256:${'a'.repeat(64)}`;
  expect(containerOf(podsOf(ofServing(serving({ image }))).alone).image).toBe(image);
});

describe('licences with restrictions', () => {
  const reason = 'accepted by the director on 2026-03-01';
  // Territory, among others; non-commercial; and the branding of a model on the base of another one.
  const hunyuan = ['territory', 'scale', 'acceptable-use'] as const;

  test.each([
    ['hunyuan-mt-7b', 'Tencent Hunyuan Community License', hunyuan],
    ['flux-1-dev', 'FLUX.1 [dev] Non-Commercial License', ['non-commercial']],
    [
      'deepseek-r1-distill-llama-8b',
      'Llama 3.1 Community License',
      ['branding', 'scale', 'acceptable-use'],
    ],
  ] as const)('%s is served only where its terms are accepted', (model, licence, restrictions) => {
    const props = {
      model,
      ...(model === 'flux-1-dev' ? { image: 'registry.internal/flux:1' } : {}),
    };
    const problems = problemsOf(serving(props).make);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`licence '${licence}' of ${model} has restrictions`);
    expect(problems[0]).toContain(`(${restrictions.join(', ')};`);
    expect(problems[0]).toMatch(/set acceptLicence .*, got: none$/);
    const acceptLicence = { restrictions, reason };
    expect(serving({ ...props, acceptLicence }).make).not.toThrow();
  });

  test.each<[object, RegExp]>([
    // Half an acceptance is none.
    [{ restrictions: ['territory'], reason }, /\(scale, acceptable-use; .*got: territory$/],
    [
      { restrictions: [...hunyuan, 'copyleft'], reason },
      /accepts what licence .* does not restrict.*got: 'copyleft'$/,
    ],
    [
      { restrictions: hunyuan, reason: ' ' },
      /acceptLicence.reason must say why; add it, got: ' '$/,
    ],
  ])('fails for %j', (acceptLicence, message) => {
    const props = { model: 'hunyuan-mt-7b', acceptLicence } as Partial<ModelServingProps>;
    expect(problemsOf(serving(props).make)).toEqual([expect.stringMatching(message)]);
  });

  test('a free licence needs no acceptance', () => {
    const acceptLicence = { restrictions: ['territory'], reason } as const;
    expect(problemsOf(serving({ acceptLicence }).make)).toEqual([
      expect.stringMatching(/does not restrict; leave it out, got: 'territory'$/),
    ]);
  });
});

test('fails for a model that only its maker serves', () => {
  expect(problemsOf(serving({ model: 'gpt-4o' }).make)).toEqual([
    expect.stringMatching(/behind the API of its maker.*got: 'gpt-4o'$/),
  ]);
});

test('fails for clients of another cluster, and for the serving’s own namespace', () => {
  const made = serving();
  const stack = testStack();
  const elsewhere = new TenantNamespace(stack, 'tianda', {
    cluster: smallCluster(stack, { clusterName: 'c-2', managementHosts: ['c-2-mgmt-001'] }),
    tenantName: 'tianda',
    guarantee: 8,
  });
  const { make } = serving({ tenant: made.tenant, clients: [elsewhere, made.tenant] });
  expect(problemsOf(make)).toEqual([
    expect.stringMatching(/clients must be tenants of cluster c-1.*got: 'tianda' on c-2$/),
    expect.stringMatching(/clients must be other tenants.*got: 'nankai'$/),
  ]);
});

test('fails for a retired tenant', () => {
  expect(problemsOf(serving({}, { state: 'retired' }).make)).toEqual(
    expect.arrayContaining([expect.stringMatching(/tenant nankai is retired/)]),
  );
});

test('a model that fits no pool says which would do', () => {
  const pools = [{ ...SMALL_POOL, serverForm: 'atlas-800-9000', accelerator: '910A' } as const];
  expect(problemsOf(serving({ weights: WEIGHTS }, {}, { pools }).make)).toEqual([
    expect.stringMatching(
      /no documented deployment of qwen3-8b on Atlas 800 .*use a pool of A2, A3/,
    ),
  ]);
});
