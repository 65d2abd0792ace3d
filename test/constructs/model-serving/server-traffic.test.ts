import { findModel } from '../../../constructs';
import { group, serving } from './fixtures';

test('without arguments vLLM works on 256 requests at once and keeps idle connections for 5 s', () => {
  expect(findModel('qwen3-8b')).not.toMatchObject({
    deployments: { 'atlas-a2': { arguments: { maxNumSeqs: expect.anything() } } },
  });
  expect(serving({ replicas: 2 }).make().traffic).toEqual({
    parallelRequests: 512,
    keepAliveSeconds: 5,
  });
});

test('sequences come from the catalogue, an argument or a flag, and the time from a variable', () => {
  expect(serving({ arguments: { maxNumSeqs: 48 } }).make().traffic.parallelRequests).toBe(48);
  expect(serving({ flags: { 'max-num-seqs': 24 } }).make().traffic.parallelRequests).toBe(24);
  const environment = { VLLM_HTTP_TIMEOUT_KEEP_ALIVE: '30' };
  expect(serving({ environment }).make().traffic.keepAliveSeconds).toBe(30);
});

test('each data-parallel rank is an engine of its own', () => {
  const { traffic } = group({ replicas: 2, arguments: { maxNumSeqs: 10 } }).make();
  expect(traffic.parallelRequests).toBe(2 * 4 * 10);
});

test('of a container of the site nothing is known', () => {
  const container = { model: 'whisper-large-v3', image: 'registry.internal/whisper:1' };
  expect(serving(container).make().traffic).toEqual({});
});
