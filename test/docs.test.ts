import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { TRIED_RELEASES } from '../cli/preflight/volcano-releases';
import { MAX_PODS, MINDCLUSTER_RELEASES, NPU_RESOURCE_NAMES } from '../constructs';

const ROOT = join(__dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface Plugin {
  readonly name: string;
  readonly enableNodeOrder?: boolean;
  readonly enablePreemptable?: boolean;
  readonly enableReclaimable?: boolean;
  readonly arguments?: Record<string, unknown>;
}

interface Configuration {
  readonly actions: string;
  readonly tiers: readonly { readonly plugins: readonly Plugin[] }[];
}

describe('the scheduler configuration that hosts.md prescribes', () => {
  const object = parse(read('docs/volcano-scheduler-configmap.yaml'));
  const conf: Configuration = parse(object.data['volcano-scheduler.conf']);
  const plugins = conf.tiers.flatMap((tier) => tier.plugins);
  const plugin = (name: string) => plugins.find((entry) => entry.name === name);

  test('takes nothing back, as proofs and words say', () => {
    expect(conf.actions.split(', ')).toEqual(['enqueue', 'allocate', 'backfill']);
    expect(plugin('proportion')).toBeDefined();
    expect(plugin('capacity')).toBeUndefined();
  });

  test('has the plugins of upstream for Volcano 1.12.0, in their order', () => {
    const [release = ''] = MINDCLUSTER_RELEASES['26.1'].imageTag?.split('-') ?? [];
    const npu = new RegExp(`^volcano-npu_${release}_linux-`);
    // The order decides which job comes first, and what the NPU plugin hears of.
    expect(conf.tiers.map((tier) => tier.plugins.map(({ name }) => name))).toEqual([
      ['gang', expect.stringMatching(npu), 'priority', 'conformance'],
      ['drf', 'predicates', 'proportion', 'nodeorder', 'binpack'],
    ]);
    expect(plugins[1]).toMatchObject({ enablePreemptable: true, enableReclaimable: true });
    const scoring = plugins.filter(({ enableNodeOrder }) => enableNodeOrder !== false);
    expect(scoring.map(({ name }) => name)).toEqual([
      expect.stringMatching(npu),
      'nodeorder',
      'binpack',
    ]);
  });

  test('fills servers, by every NPU resource name that there is', () => {
    const { enableNodeOrder, arguments: given = {} } = plugin('binpack') ?? {};
    expect(enableNodeOrder ?? true).toBe(true);
    const names = String(given['binpack.resources']).split(', ').sort();
    expect(names).toEqual([...NPU_RESOURCE_NAMES].sort());
    for (const name of names) {
      expect(given[`binpack.resources.${name}`]).toBeGreaterThan(Number(given['binpack.cpu']));
    }
    expect(plugin('nodeorder')?.arguments).toEqual({ 'leastrequested.weight': 0 });
  });
});

test('hosts.md has a row for each release of Volcano that the preflight takes for tried', () => {
  const [, section = ''] = read('docs/hosts.md').split('### Releases of Volcano');
  const [table = ''] = section.split('### ');
  const rows = [...table.matchAll(/^\| (\d[^|]*?) *\|.*30 of 30 admitted/gm)].map(
    ([, name]) => name,
  );
  expect(rows).toEqual(
    TRIED_RELEASES.map(({ first, last }) => expect.stringMatching(rangeOf(first, last))),
  );
});

/** `1.12.0 to 1.12.4`, `1.14.0, 1.14.1` where there are two, `1.16.0-alpha.0 and .1`. */
function rangeOf(first: string, last: string): RegExp {
  const end = last.slice(last.lastIndexOf('.'));
  return new RegExp(`^${first}( to |, )${last}$|^${first} and ${end}$`.replaceAll('.', '\\.'));
}

test('the kubelet configuration of hosts.md has a taint that the components tolerate', () => {
  const [, block = ''] = /```yaml\n([\s\S]*?)```/.exec(read('docs/hosts.md')) ?? [];
  const { kind, maxPods, registerWithTaints } = parse(block);
  expect([kind, maxPods]).toEqual(['KubeletConfiguration', MAX_PODS]);
  expect(NPU_RESOURCE_NAMES).toContain(registerWithTaints[0].key);
  expect(registerWithTaints[0].effect).toBe('NoSchedule');
});

/** Markdown files of the project. */
function documents(folder = '.'): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return /^(node_modules|\..*|dist|cdktf\.out)$/.test(entry.name) ? [] : documents(path);
    }
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** As GitHub makes them: lower case, punctuation gone, spaces to `-`. */
function anchors(file: string): string[] {
  return [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  );
}

test.each(documents())('links of %s lead somewhere', (file) => {
  const links = [...read(file).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, to = '']) => to);
  const broken = links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? file : join(dirname(file), path);
    if (!existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && !anchors(target).includes(anchor);
  });
  expect(broken).toEqual([]);
});
