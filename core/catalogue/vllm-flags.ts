import { type DataFile, readData } from '../data-files';
import type { JsonObject } from './deployment';

/** How a flag is written on the command line. */
export type VllmFlagKind = 'value' | 'boolean' | 'switch';

/** Flags of `vllm serve` without the dashes: what `data/vllm-flags.json` holds. */
export interface VllmFlagsFile extends DataFile {
  /** The release of vLLM that they were read from. */
  readonly version: string;
  /** Where. */
  readonly source: string;
  /** `--name=value`. */
  readonly value: readonly string[];
  /** `--name` or `--no-name` (argparse.BooleanOptionalAction). */
  readonly boolean: readonly string[];
  /** `--name` alone. */
  readonly switch: readonly string[];
}

const FILE = readData<VllmFlagsFile>(__dirname, 'data/vllm-flags.json');

/** The release of vLLM that the flags were read from: the one in the images of vllm-ascend v0.23.0. */
export const VLLM_VERSION = FILE.version;

const KINDS = new Map<string, VllmFlagKind>(
  (['value', 'boolean', 'switch'] as const).flatMap((kind) =>
    FILE[kind].map((name) => [name, kind] as const),
  ),
);

/** Names of all documented flags of `vllm serve`, without the dashes. */
export const VLLM_FLAGS: readonly string[] = [...KINDS.keys()].sort();

/** How a flag is written. @returns undefined for one that vLLM does not have */
export function vllmFlagKind(name: string): VllmFlagKind | undefined {
  return KINDS.get(name);
}

/** Value of a flag: `true` is `--name`, `false` is `--no-name`, an object is written as JSON. */
export type FlagValue = string | number | boolean | JsonObject;
