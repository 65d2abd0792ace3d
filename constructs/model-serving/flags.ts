import type { FlagValue, VllmArguments } from '../../core/catalogue';
import { VLLM_FLAGS, VLLM_VERSION, vllmFlagKind } from '../../core/catalogue/vllm-flags';
import { lookup } from '../../core/lookup';
import { hasSecret, isRefused } from '../../core/secrets';
import { flagName, OWN_FLAGS, SECRET_FLAGS } from './command';

/** Flags that the proofs of the memory of a device count with. */
const PROVEN: Readonly<Record<string, keyof VllmArguments>> = {
  'max-model-len': 'maxModelLen',
  'gpu-memory-utilization': 'gpuMemoryUtilization',
};

/** Typed arguments and further flags: documented ones, not those of the construct, nothing secret. */
export function validateFlags(
  given: VllmArguments,
  flags: Readonly<Record<string, FlagValue>>,
): string[] {
  const typed = Object.keys(given).map(flagName);
  return [
    ...typed.flatMap((name) => validateName('arguments', name)),
    ...Object.entries(flags).flatMap(([name, value]) => [
      ...validateName('flags', name),
      ...validateWay(name, typed),
      ...validateValue(name, value),
    ]),
    ...secretValues('arguments', given),
    ...secretValues('flags', flags),
  ];
}

/** A value is never repeated where it may be a secret. */
function secretValues(what: string, values: object): string[] {
  return Object.entries(values)
    .filter(([name, value]) => !SECRET_FLAGS.includes(name) && holdsSecret(value))
    .map(
      ([name]) =>
        `${what}: ${name} has what looks like a secret, which is never written on a command line; put it into a Secret and use secretEnvironment, got: a plain value`,
    );
}

/** JSON for vLLM has texts below names; `classifier_from_token` has a list, and numbers are none. */
function holdsSecret(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return hasSecret(`${value}`);
  return Object.entries(value).some(([name, inner]) =>
    typeof inner === 'string' ? isRefused(name, inner) : holdsSecret(inner),
  );
}

/** Whether an argument may come as a flag: those of proofs are typed, and none is there twice. */
function validateWay(name: string, typed: readonly string[]): string[] {
  const argument = lookup(PROVEN, name);
  if (argument !== undefined) {
    return [
      `flags: proofs count with --${name} and read it in arguments; set arguments.${argument} instead, got: '${name}'`,
    ];
  }
  return typed.includes(name)
    ? [`flags: ${name} is in arguments, too; leave one out, got: '${name}' twice`]
    : [];
}

function validateName(what: string, name: string): string[] {
  if (SECRET_FLAGS.includes(name)) {
    return [
      `${what}: --${name} is a secret, which is never written on a command line; use apiKey or secretEnvironment, got: '${name}'`,
    ];
  }
  if (OWN_FLAGS.includes(name)) {
    return [`${what}: --${name} is decided by this construct; leave it out, got: '${name}'`];
  }
  if (vllmFlagKind(name) !== undefined) return [];
  const near = VLLM_FLAGS.filter((flag) => sharesWord(flag, name)).slice(0, 5);
  return [
    `${what}: vLLM ${VLLM_VERSION} has no such flag; use ${near.length > 0 ? `one like ${near.join(', ')}` : 'a documented one'}, got: '${name}'`,
  ];
}

function sharesWord(flag: string, name: string): boolean {
  const words = flag.split('-').filter((word) => word.length > 3);
  return name.split(/[-_]/).some((word) => words.includes(word));
}

function validateValue(name: string, value: FlagValue): string[] {
  const kind = vllmFlagKind(name);
  if (kind === undefined) return [];
  return (kind === 'value') === (typeof value !== 'boolean')
    ? []
    : [
        `flags: --${name} ${kind === 'value' ? 'has a value' : 'is true or false'}; correct it, got: ${JSON.stringify(value)}`,
      ];
}
