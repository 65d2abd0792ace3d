/** Small checks shared by all constructs: each returns the messages it found, none when all is well. */

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** RFC 1123 label, as Kubernetes asks of namespaces and services. */
export function validateDnsLabel(what: string, value: string): string[] {
  return DNS_LABEL.test(value)
    ? []
    : [
        `${what} must be a DNS label: 1 to 63 lower-case letters, digits or '-', beginning and ending with a letter or digit; rename it, got: '${value}'`,
      ];
}

/** RFC 1123 subdomain, as Kubernetes asks of node names. */
export function validateHostName(what: string, value: string): string[] {
  return value.length <= 253 && DNS_SUBDOMAIN.test(value)
    ? []
    : [
        `${what} must be a host name: at most 253 lower-case letters, digits, '-' and '.', each part beginning and ending with a letter or digit; rename it, got: '${value}'`,
      ];
}

/** A whole number of `minimum` or more. */
export function validateCount(what: string, value: number, minimum: number): string[] {
  return Number.isInteger(value) && value >= minimum
    ? []
    : [`${what} must be a whole number of ${minimum} or more; correct it, got: ${value}`];
}

/** Values that stand more than once in a list, each once. */
export function duplicates(values: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) twice.add(value);
    seen.add(value);
  }
  return [...twice];
}
