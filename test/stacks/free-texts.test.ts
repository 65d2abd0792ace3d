import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPhases } from '../../cli/declared/phase';
import { synthesizeCentre } from '../../stacks/build';
import { tianjin } from '../../stacks/tianjin';
import { temporaryFolder } from '../helpers/temporary-folder';

/** What Terraform would evaluate: a file of the machine, and the beginning of a condition. */
const PROBE = 'a ${file("/etc/hostname")} %{ if true } b';
const WRITTEN = 'a $${file("/etc/hostname")} %%{ if true } b';

/** Every text in a value, keys of objects among them. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...texts(item)]);
}

test('no text of people reaches Terraform as a template, and none is changed by that', () => {
  const out = join(temporaryFolder(), 'cdktf.out');
  const [first] = tianjin.phases;
  if (!first) throw new Error('no phase');
  const shown = { displayName: PROBE, contact: PROBE, privilegedReason: PROBE, source: PROBE };
  const tenants = tianjin.tenants.map((tenant) => ({
    ...tenant,
    ...shown,
    groups: { viewer: [`${PROBE} viewer`], developer: [`${PROBE} developer`] },
    allocations: Object.fromEntries(
      Object.entries(tenant.allocations).map(([phase, share]) => [
        phase,
        { ...share, shrinkReason: PROBE },
      ]),
    ),
  }));
  const pools = first.cluster.pools.map((pool) => ({
    ...pool,
    reserve: { npus: 1, reason: PROBE },
  }));
  const servings = tianjin.servings.map(({ acceptLicence, ...serving }) => ({
    ...serving,
    ...(serving.container ? {} : { environment: { PROBE } }),
    ...(acceptLicence ? { acceptLicence: { ...acceptLicence, reason: PROBE } } : {}),
  }));
  const replacements = tianjin.replacements?.map(({ foreign, thresholds, ...replacement }) => ({
    ...replacement,
    foreign: {
      ...foreign,
      ...(foreign.acceptLicence
        ? { acceptLicence: { ...foreign.acceptLicence, reason: PROBE } }
        : {}),
    },
    thresholds: { ...thresholds, quality: { ...thresholds.quality, measure: PROBE } },
  }));
  synthesizeCentre(
    {
      ...tianjin,
      displayName: PROBE,
      phases: [
        { ...first, source: PROBE, cluster: { ...first.cluster, pools } },
        ...tianjin.phases.slice(1),
      ],
      tenants,
      servings,
      replacements,
      lock: undefined,
      assumptions: [...tianjin.assumptions, { about: PROBE, reason: PROBE }],
    },
    {
      kubeconfig: `/${PROBE}`,
      contexts: { [first.cluster.name]: PROBE },
      environment: first.id,
    },
    out,
  );
  const stacks = readdirSync(join(out, 'stacks')).map((name) =>
    JSON.parse(readFileSync(join(out, 'stacks', name, 'cdk.tf.json'), 'utf8')),
  );
  expect(stacks).toHaveLength(3);
  const written = stacks.flatMap(texts);
  const templates = written.filter((text) => /(^|[^$])(\$\$)*\$\{|(^|[^%])(%%)*%\{/.test(text));
  expect(templates).toEqual([]);
  expect(stacks.map(({ provider }) => provider.kubernetes)).toEqual(
    stacks.map(() => [{ config_path: `/${WRITTEN}`, config_context: WRITTEN }]),
  );
  // Kubernetes gets what was written, and commands go to the cluster that was named.
  const [phase] = readPhases(out);
  const found = (phase?.objects ?? []).flatMap(({ object }) => texts(object));
  expect(new Set(found.filter((text) => text.includes('/hostname')))).toEqual(
    new Set([PROBE, `${PROBE} viewer`, `${PROBE} developer`]),
  );
  expect(phase?.target).toEqual({ kubeconfig: `/${PROBE}`, context: PROBE });
});
