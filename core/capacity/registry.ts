import type { Finding, Proof, ProofResult, ProofSubject } from './proof';
import { allocationsGrow } from './proofs/allocations-grow';
import { ceilingsInRange } from './proofs/ceilings-in-range';
import { ceilingsReachable } from './proofs/ceilings-reachable';
import { componentsPlaceable } from './proofs/components-placeable';
import { guaranteesFit } from './proofs/guarantees-fit';
import { guaranteesOutlastBorrowing } from './proofs/guarantees-outlast-borrowing';
import { guaranteesOutlastLoss } from './proofs/guarantees-outlast-loss';
import { kubernetesLimits } from './proofs/kubernetes-limits';
import { localizationPlanFits } from './proofs/localization-plan-fits';
import { milestoneReached } from './proofs/milestone-reached';
import { milestonesGrow } from './proofs/milestones-grow';
import { peersAgree } from './proofs/peers-agree';
import { podsPlaced } from './proofs/pods-placed';
import { prioritiesAlike } from './proofs/priorities-alike';
import { quotasHaveRoom } from './proofs/quotas-have-room';
import { retiredModelsGone } from './proofs/retired-models-gone';
import { serversAdded } from './proofs/servers-added';
import { serversHaveRoom } from './proofs/servers-have-room';
import { SERVING_PROOFS } from './proofs/serving';
import { servingsFitQuota } from './proofs/servings-fit-quota';
import { tenantsExpireLater } from './proofs/tenants-expire-later';
import { tenantsNotExpired } from './proofs/tenants-not-expired';
import { writtenSharesAgree } from './proofs/written-shares-agree';

/** Every proof of the package, in the order of their ids. */
export const PROOFS: readonly Proof[] = [
  milestoneReached,
  milestonesGrow,
  guaranteesFit,
  servingsFitQuota,
  ceilingsInRange,
  ceilingsReachable,
  serversAdded,
  prioritiesAlike,
  componentsPlaceable,
  serversHaveRoom,
  kubernetesLimits,
  guaranteesOutlastBorrowing,
  guaranteesOutlastLoss,
  podsPlaced,
  localizationPlanFits,
  retiredModelsGone,
  ...SERVING_PROOFS,
  tenantsNotExpired,
  tenantsExpireLater,
  allocationsGrow,
  peersAgree,
  writtenSharesAgree,
  quotasHaveRoom,
];

/** An accepted failure: at one construct and all below it, until a day. */
export interface Acknowledgement {
  readonly path: string;
  readonly id: string;
  readonly reason: string;
  /** Last day on which it counts, `2026-12-31`. */
  readonly until: string;
}

/** Whether a construct path is another one or below it. */
export function isAtOrBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`);
}

/** @returns the acknowledgement that accepts a finding, on the day of the check */
export function acceptedBy(
  finding: Pick<Finding, 'path'>,
  id: string,
  acknowledgements: readonly Acknowledgement[],
  today: string | undefined,
): Acknowledgement | undefined {
  return acknowledgements.find(
    (a) =>
      a.id === id && isAtOrBelow(finding.path, a.path) && (today === undefined || today <= a.until),
  );
}

/**
 * Runs proofs on a subject.
 * @param today day of the check, `2026-11-23`; without it nothing expires
 */
export function runProofs(
  subject: ProofSubject,
  acknowledgements: readonly Acknowledgement[] = [],
  today?: string,
  proofs: readonly Proof[] = PROOFS,
): ProofResult[] {
  return proofs.flatMap((proof) =>
    proof.check(subject, today).map((finding) => {
      if (finding.holds) return resultOf(proof, finding, 'passed');
      const acknowledgement = acceptedBy(finding, proof.id, acknowledgements, today);
      return acknowledgement === undefined
        ? resultOf(proof, finding, 'failed')
        : { ...resultOf(proof, finding, 'acknowledged'), acknowledgement };
    }),
  );
}

/** Field by field: a large cluster has a hundred thousand, and copies of objects cost a third of the time. */
function resultOf(
  { id, level, title }: Proof,
  { path, holds, arithmetic, remedy, notProven }: Finding,
  status: ProofResult['status'],
): ProofResult {
  return notProven === undefined
    ? { path, holds, arithmetic, remedy, id, level, title, status }
    : { path, holds, arithmetic, remedy, notProven, id, level, title, status };
}

/** Risks of a change, which `aicc review` finds: it knows them, and says of an id that it does not. */
export function isRisk(id: string): boolean {
  return /^AICC-RISK-\d{3}$/.test(id);
}
