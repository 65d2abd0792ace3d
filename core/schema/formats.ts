import { Address4, Address6 } from 'ip-address';
import { PROOFS } from '../capacity/registry';
import { isRisk } from '../rules';
import {
  LABEL_VALUE,
  mistakes,
  validateDay,
  validateDnsLabel,
  validateDnsSubdomain,
  validateExtendedResource,
  validateServiceName,
} from '../validate';

type Rule = (what: string, value: string) => readonly string[];

/** A rule that a form of text alone decides. */
function form(pattern: RegExp, rule: string): Rule {
  return (what, value) => (pattern.test(value) ? [] : [`${what} ${rule}, got: '${value}'`]);
}

/** Host with an optional port, and parts of a path; an image's name and tag come behind it. */
const REGISTRY =
  /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(?::(?<port>[1-9]\d{0,4}))?(\/[a-z0-9]+([-._]+[a-z0-9]+)*)*$/;

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && `${username}${password}${search}${hash}` === '';
}

/** Formats of texts, by the name that they have in schemas. */
export const FORMATS: Readonly<Record<string, Rule>> = {
  'dns-label': validateDnsLabel,
  'dns-subdomain': validateDnsSubdomain,
  'service-name': validateServiceName,
  'extended-resource': validateExtendedResource,
  'label-value': form(
    LABEL_VALUE,
    "must have at most 63 letters, digits, '-', '_' and '.', letters or digits at both ends; change it",
  ),
  day: validateDay,
  'rule-id': (what, value) =>
    isRisk(value) || PROOFS.some(({ id }) => id === value)
      ? []
      : [
          `${what} must be that of a proof or of a risk AICC-RISK-…; use one of ${PROOFS.map(({ id }) => id).join(', ')}, got: '${value}'`,
        ],
  month: form(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month as YYYY-MM; correct it'),
  // Host, optional port, and whole parts of a path: no other registry begins with it.
  'image-prefix': form(
    /^[a-z0-9][-a-z0-9.]*(:\d+)?\/([-a-z0-9._]+\/)*$/,
    "must be a registry with whole parts of a path, each ending with '/' (registry.example/, quay.io/ascend/); correct it",
  ),
  'image-registry': (what, value) => {
    const found = REGISTRY.exec(value);
    return mistakes(
      !(found && Number(found.groups?.port ?? 1) <= 65_535) &&
        `${what} must be a registry with parts of a path, without scheme, tag and '/' at its end (registry.example:5000/ascendhub), its port 1 to 65535; correct it, got: '${value}'`,
    );
  },
  // Groups of Kubernetes itself are nobody's.
  'group-name': (what, value) =>
    mistakes(
      (value.trim() === '' || value !== value.trim()) &&
        `${what}: a group has a name without blanks at its ends; correct it, got: '${value}'`,
      value.startsWith('system:') &&
        `${what}: groups of Kubernetes itself are not a tenant's; name another, got: '${value}'`,
    ),
  'absolute-path': (what, value) =>
    /^\/\S*$/.test(value) && !value.split('/').includes('..')
      ? []
      : [`${what} must be an absolute path without blanks; correct it, got: '${value}'`],
  'plain-path': (what, value) =>
    /^\/[A-Za-z0-9._/-]+$/.test(value) && !value.includes('..')
      ? []
      : [`${what} must be an absolute path of plain names; correct it, got: '${value}'`],
  // A user in an address would be a secret in plain text.
  'url-prefix': (what, value) =>
    isPlainUrl(value) && !value.endsWith('/')
      ? []
      : [
          `${what} must be an http or https address without user, query and a slash at its end; correct it, got: '${value}'`,
        ],
  'url-path': form(/^\/[^\s?#]*$/, "must be a path that begins with '/'; correct it"),
  'ip-address': (what, value) =>
    !value.includes('/') && (Address4.isValid(value) || Address6.isValid(value))
      ? []
      : [`${what} must be IPv4 or IPv6 addresses; correct it, got: '${value}'`],
};
