import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { CapacityReport } from '../../constructs';
import { synthesizeCentre } from '../../stacks/build';
import { tianjin } from '../../stacks/tianjin';
import { temporaryFolder } from '../helpers/temporary-folder';

const SETTINGS = { kubeconfig: '~', contexts: {}, today: '2026-11-23' };

function synthesize(centre = tianjin): string {
  const folder = temporaryFolder();
  synthesizeCentre(centre, SETTINGS, folder);
  return readFileSync(join(folder, 'capacity.json'), 'utf8');
}

const schema = JSON.parse(readFileSync(join(__dirname, '../../docs/capacity.schema.json'), 'utf8'));
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

function schemaErrors(value: unknown): unknown {
  validate(value);
  return validate.errors;
}

const text = synthesize();
const report: CapacityReport = JSON.parse(text);

test('clusters of the phases, and what is live with each', () => {
  const column = (name: keyof (typeof report.phases)[number]) =>
    report.phases.map((phase) => phase[name]);
  expect(column('id')).toEqual(['phase-100p', 'phase-200p', 'phase-300p', 'phase-1000p']);
  expect(column('milestonePetaflops')).toEqual([100, 200, 300, 1000]);
  expect(column('servers')).toEqual([40, 40, 40, 280]);
  expect(column('npus')).toEqual([320, 320, 320, 2240]);
  expect(column('cumulativePetaflops')).toEqual([100.16, 200.32, 300.48, 1001.6]);
  expect(column('cumulativeNpus').at(-1)).toBe(3200);
});

test('peak is above usable, and usable above what is sold', () => {
  for (const { peakPetaflops, usablePetaflops, soldPetaflops } of report.phases) {
    expect(peakPetaflops).toBeGreaterThan(usablePetaflops);
    expect(usablePetaflops).toBeGreaterThan(soldPetaflops);
  }
});

test('peaks of other precisions are there, as the catalogue has them', () => {
  // 320 × 294.9 TFLOPS BF16, 320 × 626 TOPS INT8.
  expect(report.clusters[0]?.capacity.peak).toEqual({
    npus: 320,
    petaflops: 100.16,
    bf16Petaflops: 94.368,
    int8Petaops: 200.32,
  });
});

test('a tenant stands there once, with who it is and what each cluster has of it', () => {
  const contact = 'it@tnu.example';
  const [services, university, ...others] = tianjin.tenants;
  if (!services || !university) throw new Error('the centre has no tenants');
  const term = { start: '2026-01-01', expiry: '2030-06-30' };
  const elsewhere = { ...others[0], name: 'later', displayName: 'Later', allocations: {} };
  const tenants = [services, { ...university, ...term, contact }, ...others, elsewhere as never];
  const { tenants: entries, clusters } = JSON.parse(synthesize({ ...tianjin, tenants }));
  const { displayName, sector, scope } = university;
  const { shares, ...who } = entries[1];
  expect(who).toEqual({
    ...{ name: university.name, displayName, sector, scope },
    ...{ shared: false, contact },
  });
  // 32 NPUs on the first and the third cluster, 64 on the fourth.
  expect(shares).toMatchObject(
    [
      ['phase-100p', 32],
      ['phase-300p', 32],
      ['phase-1000p', 64],
    ].map(([phase, npus]) => ({ phase, ...term, state: 'active', guarantee: { npus } })),
  );
  expect(entries.at(-1)).toMatchObject({ name: 'later', shares: [] });
  for (const { phase, tenants: registered } of clusters as CapacityReport['clusters'])
    for (const { namespace, guarantee, podSecurity, priorityClasses } of registered) {
      const entry = (entries as CapacityReport['tenants']).find(({ name }) => name === namespace);
      expect(entry?.shares.filter((share) => share.phase === phase)).toMatchObject([
        { guarantee: { npus: guarantee }, podSecurity, priorityClasses },
      ]);
    }
});

test('every proof is listed with its sum, and none has failed', () => {
  expect(report.proofs.length).toBeGreaterThan(100);
  for (const { arithmetic } of report.proofs) expect(arithmetic).toMatch(/\d/);
  expect(report.proofs.filter(({ status }) => status !== 'passed')).toEqual([]);
});

test('what is accepted in the data is listed, and lets its proof fail', () => {
  const [first, ...others] = tianjin.phases;
  if (!first) throw new Error('the centre has no phase');
  const accepted = {
    path: 'phase-100p-cluster/tj-1',
    id: 'AICC-CAP-001',
    reason: 'the last rack arrives in May',
    until: '2027-05-31',
  };
  const centre = {
    ...tianjin,
    phases: [{ ...first, milestonePetaflops: 101 }, ...others],
    acknowledgements: [accepted],
  };
  const withAccepted: CapacityReport = JSON.parse(synthesize(centre));
  const { acknowledgements, proofs } = withAccepted;
  expect(acknowledgements).toEqual([accepted]);
  expect(proofs.filter(({ status }) => status !== 'passed')).toEqual([
    expect.objectContaining({
      id: 'AICC-CAP-001',
      status: 'acknowledged',
      acknowledgement: { reason: accepted.reason, until: accepted.until },
    }),
  ]);
  expect(schemaErrors(withAccepted)).toBeNull();
});

test('what is written keeps to the documented schema, which has no room for anything else', () => {
  expect(schemaErrors(report)).toBeNull();
  expect(schemaErrors({ ...report, secret: 1 })).toHaveLength(1);
  expect(schemaErrors({ ...report, schemaVersion: 1 })).toHaveLength(1);
});

test('the same centre gives the same bytes', () => {
  expect(synthesize()).toBe(text);
});
