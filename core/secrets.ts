import type { DnsSubdomain } from './schema/types';
import { mistakes } from './validate';

/**
 * A key of a Secret of the namespace. The value itself never comes near this package.
 * @errorMessage must name a Secret of the namespace, { secret, key }; put the value into a Secret
 */
export interface SecretKey {
  /** Name of the Secret. */
  readonly secret: DnsSubdomain;
  /**
   * @pattern ^[-._A-Za-z0-9]{1,253}$
   * @errorMessage must be a key of a Secret; correct it
   */
  readonly key: string;
}

// One list for both sides, read with two degrees of strictness. Synthesis refuses (`isSecretName`): it
// sees variables and flags alone, and a name that is only about a secret may as well be doubted. A review
// masks (`isMaskedName`): it sees any attribute, where `key` is mostly that of a map, and it has seen what
// others wrote, so that it also knows words that nobody is refused for.

/** What is secret by itself. */
const WORD = 'token|pass(?:word|wd|phrase)?|pwd|secret|credentials?';
/** Before `key`, and before `token`, also without anything in between. */
const BEFORE_KEY = 'api|access|auth|private|client';
const BEFORE_TOKEN = 'auth|access|hf';

/** `HF_TOKEN`, `APIKEY`, `accessKey`, `--api-key=…`, `DB_PASSWORD`. */
const REFUSED_NAME = new RegExp(
  `((^|[-_])(key|${WORD})|(${BEFORE_KEY})-?key|(${BEFORE_TOKEN})token|[a-z](Token|Password|Secret))($|[-_=])`,
);

/** Words that only a review takes for secrets, beside those of both. */
const MASKED_WORD = new RegExp(
  `^(?:${WORD}|passw(?:or)?ds|authorization|cookie|\\w*(?:${BEFORE_KEY}|secret)key|\\w*(?:${BEFORE_TOKEN})token)$`,
);
const MASKED_KEY = new RegExp(
  `^(?:${BEFORE_KEY}|secret|master|encryption|signing|shared|account)$`,
);

/** Last words of what only is about a secret: where it lies, what it is called, how long it holds. */
const ABOUT =
  /^(name|namespace|ref|file|path|dir|type|kind|mode|count|limit|size|length|seconds|ttl|expiry|expiration|url|uri|endpoint|algorithm|policy|enabled)$/;

// Forms of what is a secret whatever its name: a private key, a password in an address, and tokens by which
// services know theirs.
const PRIVATE_KEY = '-----BEGIN [A-Z ]*PRIVATE KEY-----';
const ADDRESS = '[a-z][a-z0-9+.-]*:\\/\\/[^/\\s:@]*:([^/\\s@]+)@';
const TOKEN =
  '\\b(?:hf_|sk-|ghp_|glpat-)[\\w-]{16,}|\\bAKIA[0-9A-Z]{16}\\b|\\beyJ[\\w-]{10,}\\.eyJ[\\w-]+\\.[\\w-]*';

const SECRET_TEXT = new RegExp(`${PRIVATE_KEY}|${ADDRESS}|${TOKEN}`, 'i');
const IS_PRIVATE_KEY = new RegExp(PRIVATE_KEY, 'i');
const ADDRESSES = new RegExp(ADDRESS, 'gi');
const TOKENS = new RegExp(TOKEN, 'gi');
/** `HF_HUB_ENABLE_HF_TRANSFER` is the name of a variable. */
const VARIABLE_OF_HF = /^HF(_[A-Z]+){2,}$/;

/** Whether a variable or a flag of that name is refused, because its value may not be written down. */
export function isSecretName(name: string): boolean {
  return REFUSED_NAME.test(name) || REFUSED_NAME.test(name.toLowerCase());
}

/** Where a name stands: a variable or a flag (what synthesis knows, too), or any attribute. */
export type NamePlace = 'argument' | 'attribute';

const MASKED: Readonly<Record<NamePlace, Map<string, boolean>>> = {
  argument: new Map(),
  attribute: new Map(),
};

/**
 * Whether a value of that name is masked where it is shown: an argument wherever synthesis would refuse it,
 * anything where a word says so; never what only is about a secret (`HF_TOKEN_PATH`).
 */
export function isMaskedName(name: string, place: NamePlace): boolean {
  // Names are few and attributes many.
  let known = MASKED[place].get(name);
  if (known === undefined) {
    known = masks(name, place);
    MASKED[place].set(name, known);
  }
  return known;
}

function masks(name: string, place: NamePlace): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  if (ABOUT.test(words.at(-1) ?? '')) return false;
  // In capitals it is a variable wherever it stands, as in a ConfigMap.
  const isArgument = place === 'argument' || /^[A-Z][A-Z0-9_]*$/.test(name);
  return (
    (isArgument && isSecretName(name)) ||
    words.some((word, index) => {
      const before = words[index - 1] ?? '';
      return (
        MASKED_WORD.test(word) ||
        (word === 'key' && MASKED_KEY.test(before)) ||
        (word === 'str' && before === 'conn')
      );
    })
  );
}

/** Whether a text has something in it that is a secret by its form. */
export function hasSecret(text: string): boolean {
  return SECRET_TEXT.test(text);
}

/** What is a secret in a text by its form: passwords of addresses, tokens, all of it for a private key. */
export function secretsIn(text: string): string[] {
  const addresses = text.includes('://') ? [...text.matchAll(ADDRESSES)] : [];
  const tokens = (text.match(TOKENS) ?? []).filter((token) => !VARIABLE_OF_HF.test(token));
  return [
    ...(text.includes('-----') && IS_PRIVATE_KEY.test(text) ? [text] : []),
    ...addresses.map(([, password = '']) => password),
    ...tokens,
  ];
}

/** `$(NAME)` of Kubernetes, `$NAME` of a shell: the value comes from a Secret. */
const REFERENCE = /^["']?\$(\w+|\(\w+\)|\{\w+\})["']?$/;

/** Whether synthesis refuses a value: by its form, or by the name that it is written under. */
export function isRefused(name: string, value: string): boolean {
  return hasSecret(value) || (isSecretName(name) && !REFERENCE.test(value));
}

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Plain variables: names as the kubelet takes them, and nothing secret. */
export function validateVariables(
  what: string,
  values: Readonly<Record<string, string>>,
  own: readonly string[],
): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    mistakes(
      !VARIABLE.test(name) &&
        `${what}: a name has letters, digits and '_'; rename it, got: '${name}'`,
      own.includes(name) &&
        `${what}: ${name} is set by this construct; leave it out, got: '${name}'`,
      isRefused(name, value) &&
        `${what}: ${name} looks like a secret, which is never written as plain text; use secretEnvironment, got: a plain value`,
    ),
  );
}
