import type { Sourced } from '../accelerator';

/**
 * Number format of weights: `w8a8` has 8-bit weights and activations, `w4a8` 4-bit weights and 8-bit
 * activations, `sc` is sparse and compressed.
 */
export const WEIGHTS_FORMATS = [
  'bf16',
  'fp16',
  'fp32',
  'fp8',
  'mxfp4',
  'w8a8',
  'w8a8sc',
  'w4a8',
  'w4a16',
] as const;
export type WeightsFormat = (typeof WEIGHTS_FORMATS)[number];

/** One published copy of the weights of a model. */
export interface Weights {
  readonly format: WeightsFormat;
  /** Where the repository is; `web` is none of the hubs. */
  readonly hub: 'modelscope' | 'huggingface' | 'modelers' | 'web';
  /** Of the files, without `https://`: for `web` only. */
  readonly address?: string;
  /** `owner/name`, which is also its directory at the site. */
  readonly repository: string;
  /** Directory inside the repository that is served. @default - its root */
  readonly directory?: string;
  /** What is read at the start of a replica. */
  readonly sizeGib: Sourced<number>;
}

/** Bytes of a parameter; those of quantized formats without their scales. */
const BYTES: Readonly<Record<WeightsFormat, number>> = {
  fp32: 4,
  bf16: 2,
  fp16: 2,
  fp8: 1,
  w8a8: 1,
  w8a8sc: 1,
  mxfp4: 0.5,
  w4a8: 0.5,
  w4a16: 0.5,
};

/**
 * Size of weights whose repository size is not known: parameters × bytes, rounded up to 0.1 GiB.
 * @param of what the parameters are, where they are not simply those of the model
 */
export function computedSize(
  parametersBillions: number,
  format: WeightsFormat,
  of = '',
): Sourced<number> {
  const gib = (parametersBillions * 1e9 * BYTES[format]) / 2 ** 30;
  return {
    value: Math.ceil(gib * 10) / 10,
    source: `${parametersBillions} billion parameters${of && ` (${of})`} × ${BYTES[format]} ${BYTES[format] === 1 ? 'byte' : 'bytes'} of ${format}`,
    assumed: 'computed: the size of the repository was not found',
  };
}

/** Size of weights by that of their files, rounded up to 0.01 GiB. */
export function fileSize(megabytes: number, source: string): Sourced<number> {
  return {
    value: Math.ceil((megabytes * 1e6 * 100) / 2 ** 30) / 100,
    source: `${source}: ${megabytes} MB`,
  };
}

/** Formats that only Ascend's own tools make and read. */
const ASCEND_FORMATS: readonly WeightsFormat[] = ['w8a8', 'w8a8sc', 'w4a8'];

/** Whether weights are quantized for Ascend: then `--quantization ascend` is mandatory (vllm-ascend, FAQ). */
export function isQuantized({ format }: Weights): boolean {
  return ASCEND_FORMATS.includes(format);
}
