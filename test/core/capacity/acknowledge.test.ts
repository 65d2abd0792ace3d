import { acknowledge, acknowledgementsOf, TenantNamespace } from '../../../constructs';
import { problemsOf, smallCluster } from '../../helpers/cluster';
import { Template, testStack } from '../../helpers/template';

const OVERSOLD = { id: 'AICC-CAP-003', reason: 'second rack arrives', until: '2026-12-31' };

/** 17 NPUs are guaranteed on a cluster of 16: AICC-CAP-003 and AICC-CAP-005 fail. */
function oversold(today?: string) {
  const stack = testStack(today);
  const cluster = smallCluster(stack);
  const tenant = new TenantNamespace(stack, 'nankai', {
    cluster,
    tenantName: 'nankai',
    guarantee: 17,
  });
  return { stack, cluster, tenant };
}

test('an accepted failure does not stop the synthesis, others still do', () => {
  const { stack, cluster, tenant } = oversold('2026-12-31');
  acknowledge(cluster, OVERSOLD);
  expect(() => Template.of(stack)).toThrow(/AICC-CAP-005/);
  expect(() => Template.of(stack)).not.toThrow(/AICC-CAP-003/);
  acknowledge(tenant, { ...OVERSOLD, id: 'AICC-CAP-005' });
  expect(Template.of(stack).below('nankai').counts()).toHaveProperty('kubernetes_namespace_v1', 1);
  const result = cluster.prove().find((entry) => entry.id === 'AICC-CAP-003');
  expect(result).toMatchObject({ status: 'acknowledged', acknowledgement: OVERSOLD });
});

test('it expires after its last day', () => {
  const { stack, cluster, tenant } = oversold('2027-01-01');
  acknowledge(cluster, OVERSOLD);
  acknowledge(tenant, { ...OVERSOLD, id: 'AICC-CAP-005', until: '2027-01-01' });
  expect(() => Template.of(stack)).toThrow(/AICC-CAP-003/);
});

test('it counts at its construct and below, nowhere else', () => {
  const { stack, tenant } = oversold();
  acknowledge(tenant, OVERSOLD);
  expect(() => Template.of(stack)).toThrow(/AICC-CAP-003 'guarantees fit/);
});

test('what has ended, and what nothing needs, is an error; all at once', () => {
  const stack = testStack('2027-01-01');
  const cluster = smallCluster(stack);
  acknowledge(cluster, OVERSOLD);
  acknowledge(stack, { id: 'AICC-CAP-005', reason: 'more to come', until: '2027-01-01' });
  const synthesize = () => Template.of(stack);
  expect(synthesize).toThrow(
    /test\/cluster: acknowledgement of AICC-CAP-003 has ended; .*got: until 2026-12-31, checked on 2027-01-01/,
  );
  expect(synthesize).toThrow(
    /test: acknowledgement of AICC-CAP-005 is not used: nothing at or below test fails it; remove it, got: 'more to come'/,
  );
});

test('of two that accept the same failure one is not used', () => {
  const { stack, cluster, tenant } = oversold();
  acknowledge(tenant, { ...OVERSOLD, id: 'AICC-CAP-005' });
  acknowledge(cluster, OVERSOLD);
  expect(() => Template.of(stack)).not.toThrow();
  acknowledge(cluster, { ...OVERSOLD, reason: 'again' });
  expect(() => Template.of(stack)).toThrow(
    /test\/cluster: acknowledgement of AICC-CAP-003 is not used: another one accepts the same already; remove it, got: 'again'/,
  );
});

test('risks of a change are accepted in the same way, also at a construct that goes', () => {
  const { stack } = oversold();
  const risk = { id: 'AICC-RISK-001', reason: 'agreed with the tenant', until: '2026-12-31' };
  acknowledge(stack.node.root, { ...risk, path: 'phase-9p-tenants/gone' });
  expect(acknowledgementsOf(stack)).toEqual([{ ...risk, path: 'phase-9p-tenants/gone' }]);
});

test('fails for an unknown id, no reason and a day that is none', () => {
  const { cluster } = oversold();
  const wrong = { id: 'AICC-CAP-999', reason: ' ', until: '2026-02-30' };
  expect(problemsOf(() => acknowledge(cluster, wrong))).toEqual([
    expect.stringMatching(
      /^test\/cluster: id must be that of a proof or of a risk .*; use one of .*got: 'AICC-CAP-999'$/,
    ),
    expect.stringMatching(/reason must say why; add it, got: ' '$/),
    expect.stringMatching(/until must be a day as YYYY-MM-DD; correct it, got: '2026-02-30'/),
  ]);
});
