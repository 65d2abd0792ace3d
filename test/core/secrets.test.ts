import fc from 'fast-check';
import { toHtml } from '../../cli/review/report/html';
import { toJson } from '../../cli/review/report/json';
import { toMarkdown } from '../../cli/review/report/markdown';
import { validateContainer } from '../../constructs/model-serving/container';
import { validateFlags } from '../../constructs/model-serving/flags';
import { findModel, type WeightsModel } from '../../core/catalogue';
import {
  hasSecret,
  isMaskedName,
  isSecretName,
  secretsIn,
  validateVariables,
} from '../../core/secrets';
import { type Resources, reviewOf } from '../cli/review/outputs';

/** A name; whether synthesis refuses it, and whether a review masks its value: as an argument, as an attribute. */
const NAMES: readonly (readonly [
  name: string,
  refused: 0 | 1,
  argument: 0 | 1,
  attribute: 0 | 1,
])[] = [
  ['HF_TOKEN', 1, 1, 1],
  ['DB_PASSWORD', 1, 1, 1],
  ['DB_PASS', 1, 1, 1],
  ['APIKEY', 1, 1, 1],
  ['api-key', 1, 1, 1],
  ['accessKey', 1, 1, 1],
  ['accessToken', 1, 1, 1],
  ['myapikey', 1, 1, 1],
  ['authkey', 1, 1, 1],
  ['hftoken', 1, 1, 1],
  ['AUTH_KEY', 1, 1, 1],
  ['API_KEY_PROD', 1, 1, 1],
  ['credentials', 1, 1, 1],
  ['PASSPHRASE', 1, 1, 1],
  ['clientSecret', 1, 1, 1],
  // Of a map mostly, so that an attribute is shown; in capitals it is a variable.
  ['key', 1, 1, 0],
  ['ssh-key', 1, 1, 0],
  ['SSH_KEY', 1, 1, 1],
  // Only about a secret: doubted where it is written, shown where it is read.
  ['HF_TOKEN_PATH', 1, 0, 0],
  ['API_KEY_FILE', 1, 0, 0],
  // Known to a review alone.
  ['encryptionKey', 0, 1, 1],
  ['masterKey', 0, 1, 1],
  ['secretkey', 0, 1, 1],
  ['bearerTokenValue', 0, 1, 1],
  ['Authorization', 0, 1, 1],
  ['cookie', 0, 1, 1],
  ['connStr', 0, 1, 1],
  ['passwords', 0, 1, 1],
  // To nobody.
  ['TOKENIZERS_PARALLELISM', 0, 0, 0],
  ['max-num-batched-tokens', 0, 0, 0],
  ['KEYSPACE', 0, 0, 0],
  ['MONKEY', 0, 0, 0],
  ['COMPASS', 0, 0, 0],
  ['secretName', 0, 0, 0],
  ['replicas', 0, 0, 0],
];

test.each(NAMES)('%s: refused %i, masked as an argument %i, as an attribute %i', (name, ...is) => {
  expect([
    isSecretName(name),
    isMaskedName(name, 'argument'),
    isMaskedName(name, 'attribute'),
  ]).toEqual(is.map(Boolean));
});

const DETECTOR = findModel('rt-detr-r50') as WeightsModel;

/** Whether each place where synthesis asks refuses a value under a name. */
function refusals(name: string, value: string): Record<string, boolean> {
  const inContainer = (...args: string[]) => validateContainer(DETECTOR, { args }, {}).length > 0;
  return {
    environment:
      validateVariables('environment', { [name.replaceAll('-', '_')]: value }, []).length > 0,
    flag: inContainer(`--${name}=${value}`),
    'flag and value': inContainer(`--${name}`, value),
    shell: inContainer('-c', `exec serve --${name} ${value} --port 80`),
    'JSON of a flag':
      validateFlags({}, { 'additional-config': { inner: { [name]: value } } }).length > 0,
    'JSON of an argument': validateFlags({ additionalConfig: { [name]: value } }, {}).length > 0,
  };
}

const everywhere = (refused: boolean) =>
  Object.fromEntries(Object.keys(refusals('', '')).map((place) => [place, refused]));

const VALUES = [
  'Zq7hunter2',
  '7q',
  '$(FROM_SECRET)',
  '$FROM_SECRET',
  `hf_${'Zq7hunter2'.repeat(2)}`,
];

test.each(NAMES)('%s: every place of a synthesis says the same of a value', (name, refused) => {
  for (const value of VALUES) {
    const expected = hasSecret(value) || (refused === 1 && !value.startsWith('$'));
    expect([value, refusals(name, value)]).toEqual([value, everywhere(expected)]);
  }
});

test('whatever synthesis refuses is masked, but for what only is about a secret', () => {
  const part = fc.constantFrom(
    ...['api', 'access', 'auth', 'private', 'hf', 'my', 'db', 'key', 'token', 'pass', 'password'],
    ...['passwd', 'pwd', 'secret', 'credential', 'prod', '2'],
  );
  const joined = fc
    .tuple(fc.array(part, { minLength: 1, maxLength: 4 }), fc.constantFrom('_', '-', '', 'Camel'))
    .map(([parts, by]) =>
      by === 'Camel'
        ? parts.map((p, i) => (i ? `${p.charAt(0).toUpperCase()}${p.slice(1)}` : p)).join('')
        : parts.join(by),
    );
  const name = fc
    .tuple(joined, fc.boolean())
    .map(([text, capitals]) => (capitals ? text.toUpperCase() : text));
  fc.assert(
    fc.property(name, (text) => {
      fc.pre(isSecretName(text));
      expect(isMaskedName(text, 'argument')).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

const RANDOM = 'Zq7hunter2Zq7hunter2';

/** A text that is refused whatever its name; what is secret in it. */
const TEXTS: readonly (readonly [text: string, secret: string])[] = [
  [`hf_${RANDOM}`, `hf_${RANDOM}`],
  [`sk-${RANDOM}`, `sk-${RANDOM}`],
  [`ghp_${RANDOM}`, `ghp_${RANDOM}`],
  [`use glpat-${RANDOM} here`, `glpat-${RANDOM}`],
  ['AKIAABCDEFGHIJKLMNOP', 'AKIAABCDEFGHIJKLMNOP'],
  [`eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${RANDOM}`, RANDOM],
  [`postgres://user:${RANDOM}@host/db`, RANDOM],
  [`redis://:${RANDOM}@host`, RANDOM],
  [`a://b:other-password@c d://e:${RANDOM}@f`, RANDOM],
  [`-----BEGIN RSA PRIVATE KEY-----\n${RANDOM}`, RANDOM],
];

/** Words of people that have the look of one. */
const HARMLESS = [
  ...['https://host:8080/path', 'user@host', 'sk-short', 'task-force-of-the-seventeenth'],
  ...['-----BEGIN CERTIFICATE-----', 'hf_home', 'registry.internal/vllm:v1@sha256'],
];

test.each(HARMLESS)('%s is no secret', (text) => {
  expect([hasSecret(text), secretsIn(text)]).toEqual([false, []]);
});

function container(attributes: object): Resources {
  const template = { spec: { container: [{ name: 'c', ...attributes }] } };
  return { 'kubernetes_deployment_v1.a': { metadata: { name: 'a' }, spec: { template } } };
}

/** What a review of a resource that comes shows. */
function shown(resources: Resources): string {
  const result = reviewOf({}, resources);
  return [toMarkdown(result, 'review.html'), toJson(result), toHtml(result)].join('\n');
}

describe.each(TEXTS)('%j', (text, secret) => {
  test('is refused by synthesis, and in no review', () => {
    expect(hasSecret(text)).toBe(true);
    expect(refusals('plain', text)).toEqual(everywhere(true));
    expect(secretsIn(text).join()).toContain(secret);
    for (const resources of [
      container({ env: [{ name: 'PLAIN', value: text }] }),
      container({ args: [`--plain=${text}`] }),
      container({ command: ['sh', '-c', `serve ${text}`] }),
      {
        'other_thing.a': {
          note: text,
          other: { elsewhere: `see ${secretsIn(text).at(-1)} there` },
        },
      },
    ]) {
      const seen = shown(resources);
      expect(seen).not.toContain(secret);
      expect(seen).toContain('(sensitive)');
    }
  });
});

const ARGUMENTS = NAMES.filter(([, , argument]) => argument).map(([name]) => name);

test.each(ARGUMENTS)(
  'a review shows no value of %s, long or short, wherever it is written',
  (name) => {
    for (const value of ['Zq7hunter2', '7q']) {
      for (const resources of [
        container({ env: [{ name, value }] }),
        container({ args: [`--${name}=${value}`, '--port=80'] }),
        container({ args: [`--${name}`, value, '--port=80'] }),
        container({ command: ['sh', '-c', `exec serve --${name} ${value} --port 80`] }),
        container({ command: ['sh', '-c', `${name}=${value} exec serve`] }),
      ]) {
        const seen = JSON.stringify(reviewOf({}, resources).changes);
        expect(seen).not.toContain(value);
        expect(seen).toContain('\ue000');
      }
    }
  },
);

test('names of variables, objects and labels that look like secrets are shown', () => {
  const seen = shown({
    ...container({ command: ['sh', '-c', 'HF_HUB_ENABLE_HF_TRANSFER=1 exec serve'] }),
    'kubernetes_config_map_v1.b': {
      metadata: { name: 'sk-the-name-of-an-object', labels: { key: 'plain' } },
      data: { rule: 'sum(rate(a{key="b"}[5m]))' },
    },
  });
  expect(seen).toContain('HF_HUB_ENABLE_HF_TRANSFER');
  expect(seen).toContain('sk-the-name-of-an-object');
  expect(seen).not.toContain('(sensitive)');
});
