import type { DnsSubdomain } from './schema/types';

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

/** Names that stand for something secret: `HF_TOKEN`, `APIKEY`, `accessKey`, `--api-key=…`, `DB_PASSWORD`. */
const SECRET_NAME =
  /((^|[-_])(key|token|pass(word|wd|phrase)?|pwd|secret|credentials?)|(api|access|auth|private|client)-?key|(auth|access|hf)token|[a-z](Token|Password|Secret))($|[-_=])/;

/** What is a secret whatever its name: a private key, a password in an address, tokens by which services know theirs. */
const SECRET_TEXT =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----|[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@|\b(hf_|sk-|ghp_|glpat-)[\w-]{16,}|\bAKIA[0-9A-Z]{16}\b|\beyJ[\w-]{10,}\.eyJ[\w-]+\./i;

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether a name stands for a secret, so that its value may not be written down. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) || SECRET_NAME.test(name.toLowerCase());
}

/** Whether a text has something in it that is a secret by its form. */
export function hasSecret(text: string): boolean {
  return SECRET_TEXT.test(text);
}

/** Plain variables: names as the kubelet takes them, and nothing secret. */
export function validateVariables(
  what: string,
  values: Readonly<Record<string, string>>,
  own: readonly string[],
): string[] {
  return Object.entries(values).flatMap(([name, value]) => [
    ...(VARIABLE.test(name)
      ? []
      : [`${what}: a name has letters, digits and '_'; rename it, got: '${name}'`]),
    ...(own.includes(name)
      ? [`${what}: ${name} is set by this construct; leave it out, got: '${name}'`]
      : []),
    ...(isSecretName(name) || hasSecret(value)
      ? [
          `${what}: ${name} looks like a secret, which is never written as plain text; use secretEnvironment, got: a plain value`,
        ]
      : []),
  ]);
}
