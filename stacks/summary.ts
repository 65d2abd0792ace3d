import Table from 'cli-table3';
import { clusterTotals, formatNumber, sum, troubleLine } from '../constructs';
import type { BuiltCentre, PhaseStacks } from './built-centre';
import type { Centre } from './centre';
import { LAYERS } from './phase-stack';
import { keptSizes } from './weights-lock';

/** What `npm start` prints: what was made, where it lies and what to type next. */
export function summarize(centre: Centre, built: BuiltCentre): string {
  const table = new Table({
    head: [
      'phase',
      'cluster',
      'servers',
      'NPUs',
      'PF peak',
      'PF cumulative',
      'tenants',
      'models',
      'resources',
    ],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  let cumulative = 0;
  for (const stacks of built.phases) {
    const inventory = stacks.cluster.cluster.inventory();
    const totals = clusterTotals(inventory);
    cumulative = Math.round((cumulative + totals.peakPetaflops) * 1e6) / 1e6;
    table.push([
      stacks.phase.id,
      inventory.name,
      formatNumber(totals.servers),
      formatNumber(totals.npus),
      formatNumber(totals.peakPetaflops),
      formatNumber(cumulative),
      inventory.tenants.length,
      inventory.servings.length,
      resourceCounts(stacks).join(' + '),
    ]);
  }
  const first = built.phases[0]?.phase.id ?? '';
  const total = sum(built.phases.flatMap(resourceCounts));
  return [
    `${centre.displayName}: ${built.phases.length} phases, ${built.phases.length * LAYERS.length} stacks, ${formatNumber(total)} resources`,
    table.toString(),
    'PF: dense FP16 peak of the NPUs. NPU: one schedulable device. Resources: cluster + tenants + models stack.',
    `${centre.assumptions.length} assumptions in the data, the chip type among them: see stacks/tianjin/assumptions.ts.`,
    ...warnings(built),
    ...built.phases.flatMap(({ models }) =>
      keptSizes(models.claimSizes).map((line) => `${models.node.id}: ${line}`),
    ),
    '',
    `Terraform JSON: ${built.app.outdir}/stacks/`,
    'Next:',
    `  npm run --silent aicc -- manifests ${first}-cluster        the Kubernetes objects of a stack as YAML`,
    `  npx cdktf diff ${first}-cluster --ignore-missing-stack-dependencies        plan one stack alone`,
    `  npx cdktf deploy '${first}-*'        deploy a phase: cluster, tenants, models`,
  ].join('\n');
}

/** Proofs that do not hold and have not stopped the synthesis: warnings, and what was acknowledged. */
function warnings({ phases }: BuiltCentre): string[] {
  return phases
    .flatMap(({ cluster }) => cluster.prove())
    .filter(({ status }) => status !== 'passed')
    .map(troubleLine);
}

function resourceCounts({ cluster, tenants, models }: PhaseStacks): number[] {
  return [cluster, tenants, models].map(
    (stack) =>
      stack.node.findAll().filter((construct) => 'terraformResourceType' in construct).length - 1,
  );
}
