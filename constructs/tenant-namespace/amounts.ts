import { validateCount } from '../../core/validate';

/** NPUs (schedulable devices), or the petaflops (dense FP16 peak) that they are to have. */
export type NpuAmount = number | { readonly petaflops: number };

/** Whole NPUs of an amount: petaflops are rounded down, nobody gets part of a device. */
export function npusOf(amount: NpuAmount, tflopsPerNpu: number): number {
  if (typeof amount === 'number') return amount;
  // 2.504 PF are 8 × 313 TFLOPS, whatever the last binary digit says.
  return Math.floor(((amount?.petaflops ?? Number.NaN) * 1000) / tflopsPerNpu + 1e-9);
}

export function validateAmount(what: string, amount: NpuAmount): string[] {
  if (typeof amount === 'number') return validateCount(`${what} in NPUs`, amount, 0);
  const petaflops = amount?.petaflops;
  if (petaflops === undefined) {
    return [
      `${what} must be a number of NPUs or { petaflops }; add one, got: ${JSON.stringify(amount)}`,
    ];
  }
  return Number.isFinite(petaflops) && petaflops >= 0
    ? []
    : [`${what} in petaflops must be 0 or more; correct it, got: ${petaflops}`];
}
