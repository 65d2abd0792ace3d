/** Small checks shared by all constructs: each returns the messages it found, none when all is well. */

/** What checks have found, in their order: a message, several, or nothing where all is well. */
export function mistakes(
  ...found: readonly (string | false | undefined | readonly string[])[]
): string[] {
  return found.flatMap((one) => one || []);
}

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** RFC 1123 label, as Kubernetes asks of namespaces and services. */
export function validateDnsLabel(what: string, value: string): string[] {
  return mistakes(
    !DNS_LABEL.test(value) &&
      `${what} must be a DNS label: 1 to 63 lower-case letters, digits or '-', beginning and ending with a letter or digit; rename it, got: '${value}'`,
  );
}

const SERVICE_NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** RFC 1035 label, as Kubernetes asks of services: unlike other names it begins with a letter. */
export function validateServiceName(what: string, value: string): string[] {
  return mistakes(
    !SERVICE_NAME.test(value) &&
      `${what} must be a DNS label that begins with a letter: 1 to 63 lower-case letters, digits or '-', ending with a letter or digit; rename it, got: '${value}'`,
  );
}

/** Value of a label: at most 63 characters. */
export function validateLabelLength(what: string, value: string): string[] {
  return mistakes(
    value.length > 63 &&
      `${what} must have at most 63 characters as a label; shorten it, got: '${value}'`,
  );
}

const LABEL_KEY =
  /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
export const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** Labels as Kubernetes takes them. */
export function validateLabels(what: string, labels: Readonly<Record<string, string>>): string[] {
  return Object.entries(labels).flatMap(([key, value]) =>
    mistakes(
      !LABEL_KEY.test(key) &&
        `${what}: a key is [domain/]name of at most 63 letters, digits, '-', '_' and '.'; rename it, got: '${key}'`,
      !LABEL_VALUE.test(value) &&
        `${what}: a value has at most 63 letters, digits, '-', '_' and '.', letters or digits at both ends; change ${key}, got: '${value}'`,
    ),
  );
}

/** Name of an extended resource as Kubernetes takes it (`IsExtendedResourceName` of its API validation). */
export function validateExtendedResource(what: string, name: string): string[] {
  const [domain = '', ...rest] = name.split('/');
  const own = DNS_SUBDOMAIN.test(domain) && !/(^|\.)kubernetes\.io$/.test(domain);
  // A quota names it with `requests.` before it.
  return mistakes(
    !(
      own &&
      rest.length === 1 &&
      LABEL_KEY.test(`requests.${name}`) &&
      !/^requests\./.test(name)
    ) &&
      `${what} must be an extended resource, domain/name: a domain that is not kubernetes.io, and at most 63 letters, digits, '-', '_' and '.'; correct it, got: '${name}'`,
  );
}

/** A day that the calendar has, as `YYYY-MM-DD`. */
export function validateDay(what: string, value: string): string[] {
  const time = Date.parse(`${value}T00:00:00Z`);
  return mistakes(
    (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value) &&
      `${what} must be a day as YYYY-MM-DD; correct it, got: '${value}'`,
  );
}

/** RFC 1123 subdomain, as Kubernetes asks of node names. */
export function validateDnsSubdomain(what: string, value: string): string[] {
  return mistakes(
    (value.length > 253 || !DNS_SUBDOMAIN.test(value)) &&
      `${what} must be a DNS subdomain: at most 253 lower-case letters, digits, '-' and '.', each part beginning and ending with a letter or digit; rename it, got: '${value}'`,
  );
}

/** A whole number of `minimum` or more, and of `maximum` at most. */
export function validateCount(
  what: string,
  value: number,
  minimum: number,
  maximum = Number.MAX_SAFE_INTEGER,
): string[] {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return [];
  const range =
    maximum === Number.MAX_SAFE_INTEGER ? `${minimum} or more` : `${minimum} to ${maximum}`;
  return [`${what} must be a whole number of ${range}; correct it, got: ${value}`];
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
