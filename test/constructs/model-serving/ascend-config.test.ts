import { allModels, type ModelServingProps } from '../../../constructs';
import { validateAdditionalConfig } from '../../../constructs/model-serving/ascend-config';
import { fitOnPool } from '../../../core/serving/fit';
import { problemsOf } from '../../helpers/cluster';
import { group, POOLS, serving } from './fixtures';

const DEPLOYED = POOLS.flatMap((pool) =>
  allModels().flatMap((model) => {
    if (model.access !== 'weights' || model.runtime !== 'vllm-ascend') return [];
    const fit = fitOnPool(model, pool);
    return Array.isArray(fit)
      ? []
      : [{ name: `${model.id} on ${pool.server.accelerator.id}`, model, fit }];
  }),
);

test('vllm-ascend starts with the configuration of every deployment of the catalogue', () => {
  const problems = DEPLOYED.flatMap(({ name, model, fit }) =>
    validateAdditionalConfig(model, fit, {}).map((problem) => `${name}: ${problem}`),
  );
  expect(problems).toEqual([]);
});

test('no engine of the catalogue ends with what it answers: every deployment is refused with balance scheduling', () => {
  const ways = [
    { arguments: { additionalConfig: { enable_balance_scheduling: true } } },
    { environment: { VLLM_ASCEND_BALANCE_SCHEDULING: '1' } },
  ];
  for (const { name, model, fit } of DEPLOYED) {
    for (const given of ways) {
      expect([name, validateAdditionalConfig(model, fit, given)]).toEqual([
        name,
        [expect.stringContaining('balance scheduling cuts what is answered')],
      ]);
    }
  }
});

test('every deployment is refused with DSA context parallelism alone', () => {
  for (const { name, model, fit } of DEPLOYED) {
    const given = { arguments: { additionalConfig: { enable_dsa_cp: true } } };
    expect([name, validateAdditionalConfig(model, fit, given)]).toEqual([
      name,
      [expect.stringContaining('enable_dsa_cp wants FlashComm1')],
    ]);
  }
});

const OFF = { enable_dsa_cp: true, enable_flashcomm1: false };
const VARIABLE = { VLLM_ASCEND_ENABLE_FLASHCOMM1: '1' };

test.each<[Partial<ModelServingProps>, RegExp]>([
  [{ arguments: { additionalConfig: { enable_dsa_cp: true } } }, /wants FlashComm1.*got: \{/],
  [{ flags: { 'additional-config': { enable_dsa_cp: true } } }, /wants FlashComm1/],
  [{ flags: { 'additional-config': '{"enable_dsa_cp": true}' } }, /wants FlashComm1/],
  [{ environment: { VLLM_ASCEND_BALANCE_SCHEDULING: '1' } }, /balance scheduling cuts what is/],
  [
    { secretEnvironment: { VLLM_ASCEND_BALANCE_SCHEDULING: { secret: 's', key: 'k' } } },
    /secretEnvironment: VLLM_ASCEND_BALANCE_SCHEDULING is a switch.*got: a Secret$/,
  ],
  [
    { secretEnvironment: { VLLM_ASCEND_ENABLE_FLASHCOMM1: { secret: 's', key: 'k' } } },
    /secretEnvironment: VLLM_ASCEND_ENABLE_FLASHCOMM1 is a switch/,
  ],
  // The key counts for more than the variable.
  [{ flags: { 'additional-config': OFF }, environment: VARIABLE }, /wants FlashComm1/],
  [{ flags: { 'additional-config': '{enable_dsa_cp' } }, /must be a JSON object.*got: "\{enable/],
  [{ flags: { 'additional-config': '[]' } }, /must be a JSON object/],
])('fails for %j', (props, message) => {
  const problems = problemsOf(serving({ model: 'qwen3-32b', ...props }).make);
  expect(problems).toEqual([expect.stringMatching(message)]);
});

test('FlashComm1 is refused where vllm-ascend asserts that it does not work', () => {
  const one = serving({ model: 'qwen3-8b', environment: VARIABLE });
  expect(problemsOf(one.make)).toEqual([
    expect.stringMatching(/a tensor parallel size above 1.*got: 1$/),
  ]);
  const experts = serving({ model: 'mixtral-8x7b', environment: VARIABLE });
  expect(problemsOf(experts.make)).toEqual([expect.stringMatching(/wants the experts of a model/)]);
});

test.each<Partial<ModelServingProps>>([
  { flags: { 'additional-config': { enable_dsa_cp: true, enable_flashcomm1: true } } },
  { flags: { 'additional-config': { enable_dsa_cp: true } }, environment: VARIABLE },
  { flags: { 'additional-config': '{"enable_dsa_cp": false}' } },
])('takes %j', (props) => {
  expect(group(props).make().servingName).toBe('deepseek-r1');
});
