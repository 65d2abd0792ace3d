import fc from 'fast-check';
import {
  type Amount,
  type ClusterInventory,
  capacityReport,
  clusterTotals,
  guaranteedNpus,
  type PhaseInventory,
  PROOFS_BY_KIND,
  type ProofResult,
  placeCluster,
  runProofs,
  runRules,
} from '../../../constructs';
import { minus, NOTHING, plus } from '../../../core/capacity/levels';
import { placementFaults } from '../../helpers/check-placement';
import { randomCluster } from '../../helpers/random-centre';

const NPU = 'huawei.com/Ascend910';

const failures = (cluster: ClusterInventory): ProofResult[] =>
  runProofs({ kind: 'cluster', cluster }).filter(
    (r) => r.status === 'failed' && r.level === 'error',
  );

const accepted = (cluster: ClusterInventory) => failures(cluster).length === 0;

function reportOf(clusters: readonly ClusterInventory[]) {
  const phases = clusters.map(
    (cluster, index): PhaseInventory => ({
      id: `phase-${index}`,
      milestonePetaflops: index + 1,
      cluster: { ...cluster, name: `c-${index}` },
    }),
  );
  const names = new Set(clusters.flatMap(({ tenants }) => tenants.map((t) => t.namespace)));
  const tenants = [...names].map((name) => ({
    name,
    displayName: name,
    sector: 'centre',
    scope: 'city',
    shared: name === 't-0',
  }));
  return capacityReport({
    name: 'random',
    displayName: 'random',
    assumptions: [],
    acknowledgements: [],
    tenants,
    phases: phases.map((phase) => ({ ...phase, inService: 'planned', proofs: [] })),
  });
}

function runsBeyondUsable(cluster: ClusterInventory): boolean {
  return cluster.pools.some(({ resourceName }) => {
    const own = cluster.servings.filter((serving) => serving.resourceName === resourceName);
    const npus = own.reduce((all, one) => all + one.replicas * one.npusPerReplica, 0);
    return npus > clusterTotals(cluster, resourceName).usableNpus;
  });
}

const total = (amounts: readonly Amount[]) => amounts.reduce(plus, NOTHING);
const figures = ({ npus, petaflops }: Amount) => ({ npus, petaflops });

test('sums are conserved at every level: pool, cluster, tenant, model, phase, environment', () => {
  fc.assert(
    fc.property(fc.array(randomCluster, { minLength: 1, maxLength: 3 }), (clusters) => {
      const report = reportOf(clusters);
      for (const [index, { capacity, pools, tenants }] of report.clusters.entries()) {
        const phase = report.phases[index];
        for (const level of [
          'peak',
          'outOfService',
          'reserved',
          'spare',
          'usable',
          'running',
        ] as const) {
          const sums = pools.map((pool) => pool.supply[level]);
          // Servings of an NPU that no pool has are refused elsewhere.
          expect(total(sums)).toEqual(capacity[level]);
        }
        const taken = [capacity.outOfService, capacity.reserved, capacity.spare, capacity.usable];
        expect(total(taken)).toEqual(capacity.peak);
        expect(plus(capacity.dedicated, capacity.shared)).toEqual(capacity.sold);
        expect(plus(capacity.sold, capacity.free)).toEqual(capacity.usable);
        const shares = report.tenants.flatMap((tenant) =>
          tenant.shares.filter((share) => share.phase === phase?.id),
        );
        expect(total(shares.map((share) => share.guarantee))).toEqual(capacity.sold);
        expect(total(shares.map((share) => share.ceiling))).toEqual(capacity.ceilings);
        expect(total(shares.map((share) => share.running))).toEqual(capacity.running);
        expect(total(phase?.models.map((m) => m.running) ?? [])).toEqual(capacity.running);
        expect(capacity.sold.npus).toBe(tenants.reduce((all, t) => all + t.guarantee, 0));
        const before = report.phases[index - 1]?.cumulative.peak ?? NOTHING;
        expect(figures(minus(phase?.cumulative.peak ?? NOTHING, before))).toEqual(
          figures(capacity.peak),
        );
      }
    }),
  );
});

test('what the proofs accept is placed or reported not found; all that is placed keeps every constraint', () => {
  const outcomes = { placed: 0, 'not found': 0, impossible: 0 };
  fc.assert(
    fc.property(randomCluster, (cluster) => {
      const placement = placeCluster(cluster);
      expect(placementFaults(cluster, placement)).toEqual([]);
      if (placement.outcome !== 'placed') expect(placement.unplaced).not.toEqual([]);
      if (!accepted(cluster)) return;
      outcomes[placement.outcome]++;
      // Of servings beyond all NPUs AICC-SRV-009 speaks, which needs more than an inventory.
      if (placement.outcome === 'impossible') expect(runsBeyondUsable(cluster)).toBe(true);
      expect(placement.summary).toMatch(/\d/);
    }),
    { numRuns: 150 },
  );
  // Most that is accepted is placed: the packer is no excuse.
  expect(outcomes.placed).toBeGreaterThan(15);
});

test('one NPU more than is usable always fails as AICC-CAP-003, and one more than reachable as AICC-CAP-006', () => {
  // Only the proofs that this is about: most random clusters fail some other one, and trying them takes minutes.
  const shares = PROOFS_BY_KIND.cluster.filter(({ id }) => /^AICC-CAP-00[356]$/.test(id));
  const ids = (cluster: ClusterInventory) =>
    runRules(shares, { kind: 'cluster', cluster })
      .filter((result) => result.status === 'failed')
      .map((result) => result.id);
  const withTenants = randomCluster.filter(
    (cluster) => cluster.tenants.some((t) => t.resourceName === NPU) && ids(cluster).length === 0,
  );
  fc.assert(
    fc.property(withTenants, (cluster) => {
      const at = cluster.tenants.findIndex((tenant) => tenant.resourceName === NPU);
      const change = (changes: { guarantee?: number; ceiling?: number }) => ({
        ...cluster,
        tenants: cluster.tenants.map((tenant, i) =>
          i === at ? { ...tenant, ...changes } : tenant,
        ),
      });
      const { usableNpus } = clusterTotals(cluster, NPU);
      const own = cluster.tenants[at]?.guarantee ?? 0;
      const free = usableNpus - guaranteedNpus(cluster, NPU);
      expect(ids(change({ guarantee: own + free }))).not.toContain('AICC-CAP-003');
      expect(ids(change({ guarantee: own + free + 1 }))).toContain('AICC-CAP-003');
      const reachable = change({ ceiling: own + free });
      expect(ids(reachable)).not.toContain('AICC-CAP-006');
      const beyond = ids(change({ ceiling: own + free + 1 }));
      expect(beyond.some((id) => id === 'AICC-CAP-006' || id === 'AICC-CAP-005')).toBe(true);
    }),
  );
});
