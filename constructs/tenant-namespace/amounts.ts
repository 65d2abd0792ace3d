/**
 * NPUs: schedulable devices.
 * @asType integer
 * @minimum 0
 * @errorMessage in NPUs must be a whole number of 0 or more; correct it
 */
export type Npus = number;

/**
 * NPUs, or the petaflops (dense FP16 peak) that they are to have.
 * @errorMessage must be a number of NPUs or { petaflops }; add one
 */
export type NpuAmount =
  | Npus
  | {
      /** @minimum 0 */
      readonly petaflops: number;
    };

/** Whole NPUs of an amount: petaflops are rounded down, nobody gets part of a device. */
export function npusOf(amount: NpuAmount, tflopsPerNpu: number): number {
  if (typeof amount === 'number') return amount;
  // 2.504 PF are 8 × 313 TFLOPS, whatever the last binary digit says.
  return Math.floor((amount.petaflops * 1000) / tflopsPerNpu + 1e-9);
}
