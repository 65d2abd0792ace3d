import { type Accepted, judge, type Result } from '../../../core/rules';
import { findingsOf } from '../../findings';
import type { RiskContext, RiskRule } from './risk';
import { budgetRemoved } from './rules/budget-removed';
import { claimGone } from './rules/claim-gone';
import { defaultDenyRemoved } from './rules/default-deny-removed';
import { expiryExtended } from './rules/expiry-extended';
import { imageRegistry } from './rules/image-registry';
import { imageWithoutDigest } from './rules/image-without-digest';
import { namespaceGone } from './rules/namespace-gone';
import { networkOpen } from './rules/network-open';
import { networkWidened } from './rules/network-widened';
import { nodeRemoved } from './rules/node-removed';
import { podSecurityLowered } from './rules/pod-security-lowered';
import { podsMove } from './rules/pods-move';
import { policyChanged } from './rules/policy-changed';
import { policyLoosened } from './rules/policy-loosened';
import { priorityRaised } from './rules/priority-raised';
import { probesShortened } from './rules/probes-shortened';
import { protectionRemoved } from './rules/protection-removed';
import { quotaBelowUse } from './rules/quota-below-use';
import { roleBound } from './rules/role-bound';
import { roleWidened } from './rules/role-widened';
import { selectorChanged } from './rules/selector-changed';
import { stageSkipped } from './rules/stage-skipped';
import { versionJump } from './rules/version-jump';
import { weightsChanged } from './rules/weights-changed';

/** Every rule of the review, in the order of their ids. */
export const RISKS: readonly RiskRule[] = [
  quotaBelowUse,
  defaultDenyRemoved,
  networkWidened,
  networkOpen,
  podSecurityLowered,
  roleWidened,
  roleBound,
  budgetRemoved,
  priorityRaised,
  podsMove,
  imageWithoutDigest,
  imageRegistry,
  selectorChanged,
  probesShortened,
  weightsChanged,
  versionJump,
  namespaceGone,
  nodeRemoved,
  stageSkipped,
  expiryExtended,
  policyLoosened,
  protectionRemoved,
  policyChanged,
  claimGone,
];

const RANK = { error: 0, warning: 1, info: 2 } as const;

/** Everything that a change endangers, the worst first. */
export function findRisks(context: RiskContext, accepted: Accepted): Result[] {
  return RISKS.flatMap((rule) => judge(rule, findingsOf(rule, rule.check(context)), accepted)).sort(
    (a, b) => RANK[a.level] - RANK[b.level],
  );
}
