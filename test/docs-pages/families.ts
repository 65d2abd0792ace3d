import type { DeclaredPhase } from '../../cli/declared/phase';
import { PREFLIGHT } from '../../cli/preflight/registry';
import { RISKS } from '../../cli/review/risks/registry';
import { VERIFY } from '../../cli/verify/registry';
import { ADMISSION_POLICIES, failureMessage, PROOFS, runProofs } from '../../constructs';
import { RISK_FIXTURES } from '../cli/review/risk-fixtures';
import { risksOf } from '../cli/review/risks-of';
import { FIXTURES } from '../core/capacity/fixtures';
import { FAULTS as PREFLIGHT_FAULTS } from '../e2e/preflight/faults';
import { faultsOf } from '../e2e/verify/faults';
import { type Family, printed } from './rules';

/** Day on which the fixtures of proofs are checked. */
const FIXTURE_DAY = '2026-11-24';

const AREAS: Readonly<Record<string, string>> = {
  CAP: 'Capacity of clusters and phases',
  LOC: 'Localization',
  SRV: 'Servings',
  TEN: 'Tenants',
};

const proofs: Family = {
  name: 'proofs',
  one: 'proof',
  title: 'Proofs',
  madeFrom: 'the proofs and their fixtures',
  intro: `${PROOFS.length} promises are checked at each synthesis. An \`error\` stops it before anything is written, a \`warning\` is shown. What may fail for a while is [acknowledged](../core/capacity/README.md). NPU: one schedulable device. PF: dense FP16 peak of the NPUs.`,
  rules: PROOFS,
  heading: ({ id }) => AREAS[id.split('-')[1] ?? ''] ?? id,
  example: ({ id }) => {
    const fixture = FIXTURES[id];
    const result =
      fixture &&
      runProofs(fixture.failing, [], FIXTURE_DAY).find((entry) => entry.id === id && !entry.holds);
    if (!result) throw new Error(`${id} has no fixture that fails`);
    return printed(`${result.path}: ${failureMessage(result)}`);
  },
};

const risks: Family = {
  name: 'risks',
  one: 'risk',
  title: 'Risks',
  madeFrom: 'the rules of `aicc review` and their fixtures',
  intro: `${RISKS.length} rules say what a change endangers. \`error\` stops it (exit code 4) unless it is [acknowledged](review.md#accept-a-risk), \`warning\` and \`info\` are to be looked at.`,
  rules: RISKS,
  example: ({ id }) => {
    const fixture = RISK_FIXTURES[id];
    const risk = fixture && risksOf(fixture.found).find((entry) => entry.id === id);
    if (!risk) throw new Error(`${id} has no fixture that is found`);
    return printed(`${risk.statement}; ${risk.remedy}`);
  },
};

/** Names of what the end-to-end tests plant, which each check has to find. */
function planted(id: string, faults: readonly { readonly name: string }[]): string {
  if (faults.length === 0) throw new Error(`${id} has no fault that it finds`);
  return `Tried with: ${faults.map(({ name }) => name).join('; ')}.`;
}

const preflight: Family = {
  name: 'preflight',
  one: 'preflight check',
  title: 'Preflight checks',
  madeFrom: 'the checks of `aicc preflight` and the faults of their end-to-end test',
  intro: `${PREFLIGHT.length} checks look at a live cluster before a phase is [deployed](deployment.md#a-phase), and change nothing. An \`error\` makes the exit code 1; some findings of a check are warnings alone, which are to be looked at.`,
  rules: PREFLIGHT,
  example: ({ id }) =>
    planted(
      id,
      PREFLIGHT_FAULTS.filter((fault) => fault.id === id),
    ),
};

/** As much of a phase as the faults of `aicc verify` are named by. */
const ANY_PHASE = {
  id: 'phase-100p',
  objects: [
    {
      object: {
        kind: 'Deployment',
        metadata: { namespace: 'model-services', name: 'model' },
        spec: { replicas: 2 },
      },
    },
  ],
} as unknown as DeclaredPhase;

const verify: Family = {
  name: 'verify',
  one: 'verify check',
  title: 'Verify checks',
  madeFrom: 'the checks of `aicc verify` and the faults of their end-to-end test',
  intro: `${VERIFY.length} checks compare a deployed phase with what was declared, again and again until all hold or the time is over ([deployment](deployment.md#a-phase)). An \`error\` makes the exit code 1 then; some findings of a check are warnings alone.`,
  rules: VERIFY,
  example: ({ id }) =>
    planted(
      id,
      faultsOf(ANY_PHASE).filter(({ ids }) => ids.includes(id)),
    ),
};

const policies: Family<(typeof ADMISSION_POLICIES)[number]> = {
  name: 'policies',
  one: 'admission policy',
  title: 'Admission policies',
  madeFrom: 'the policies',
  intro: `${ADMISSION_POLICIES.length} policies say what tenants may not create. The API server of the cluster [evaluates them](../constructs/compute-cluster/admission/README.md) and refuses the request with one of the lines, which ends with what it got.`,
  rules: ADMISSION_POLICIES,
  example: ({ id, body }) => {
    const settings = {
      npuCounts: { 'huawei.com/Ascend910': [1, 2, 4, 8] },
      hostAccessNamespaces: [],
    };
    return printed(...body(settings).checks.map(({ rule }) => `${id}: ${rule}, got: …`));
  },
};

/** Every rule of the package. */
export const FAMILIES = [proofs, risks, preflight, verify, policies] as const;
