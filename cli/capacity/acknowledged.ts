import { type CapacityReport, failureMessage } from '../../core/capacity';

/** A line for each proof that does not hold and is accepted for a while: reports say so wherever they count on it. */
export function acknowledgedLines({ proofs }: CapacityReport): string[] {
  return proofs.flatMap((result) => {
    const { acknowledgement, path } = result;
    if (!acknowledgement) return [];
    const { until, reason } = acknowledgement;
    return [
      `acknowledged until ${until} (${reason}): ${path}: ${failureMessage({ ...result, statement: result.arithmetic })}`,
    ];
  });
}
