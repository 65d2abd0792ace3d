import { type Acknowledgement, runRules } from '../rules';
import type { Proof, ProofResult, ProofSubject } from './proof';
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

/** Every proof of the package by what it looks at, in the order of their ids. */
export const PROOFS_BY_KIND: {
  readonly [Kind in ProofSubject['kind']]: readonly Proof<
    Extract<ProofSubject, { readonly kind: Kind }>
  >[];
} = {
  cluster: [
    guaranteesFit,
    servingsFitQuota,
    ceilingsInRange,
    ceilingsReachable,
    componentsPlaceable,
    serversHaveRoom,
    kubernetesLimits,
    guaranteesOutlastBorrowing,
    guaranteesOutlastLoss,
    podsPlaced,
    localizationPlanFits,
    retiredModelsGone,
    tenantsNotExpired,
    tenantsExpireLater,
    peersAgree,
    writtenSharesAgree,
    quotasHaveRoom,
  ],
  servings: SERVING_PROOFS,
  phases: [milestoneReached, milestonesGrow, serversAdded, prioritiesAlike, allocationsGrow],
};

/** Every proof of the package, in the order of their ids. */
export const PROOFS: readonly Proof<never>[] = Object.values(PROOFS_BY_KIND)
  .flat()
  .sort((a, b) => (a.id < b.id ? -1 : 1));

/**
 * Runs all proofs about a subject.
 * @param today day of the check, `2026-11-23`; without it nothing expires
 */
export function runProofs(
  subject: ProofSubject,
  acknowledgements: readonly Acknowledgement[] = [],
  today?: string,
): ProofResult[] {
  const accepted = { acknowledgements, today };
  switch (subject.kind) {
    case 'cluster':
      return runRules(PROOFS_BY_KIND.cluster, { ...subject, today }, accepted);
    case 'servings':
      return runRules(PROOFS_BY_KIND.servings, subject, accepted);
    case 'phases':
      return runRules(PROOFS_BY_KIND.phases, subject, accepted);
  }
}
