import fc from 'fast-check';
import { fromProvider } from '../../../core/kubernetes/from-provider';
import { KINDS } from '../../../core/kubernetes/kinds';
import type { KubernetesObject } from '../../../core/kubernetes/object';
import { type Described, toProvider } from '../../../core/kubernetes/to-provider';
import { modelFields } from '../../docs-pages/provider-schema';
import {
  blocksIn,
  fullObject,
  resourceTypes,
  valueAt,
  withoutPaths,
} from '../../helpers/kubernetes-samples';

type Tree = Record<string, unknown>;
type Problem = readonly [path: string, message: string];

function write(object: object) {
  const described = object as Described;
  const problems: Problem[] = [];
  const report = (path: string, message: string) => problems.push([path, message]);
  const resource = toProvider(described, { report });
  if (!resource) throw new Error(`no resource for ${described.kind}`);
  return { ...resource, problems };
}

function read(type: string, attributes: unknown) {
  const problems: Problem[] = [];
  const provided = fromProvider(type, attributes as Tree, 'it', (path, message) =>
    problems.push([path, message]),
  );
  return { ...provided, problems };
}

/** What is left of an object on its way to the file of a stack and back, and the fields that were named. */
function thereAndBack(object: KubernetesObject) {
  const named = write(object).problems.map(([path]) => path);
  const able = withoutPaths(object, named);
  const { type, attributes, problems } = write(able);
  expect(problems).toEqual([]);
  const back = read(type, JSON.parse(JSON.stringify(attributes)));
  expect(back.problems).toEqual([]);
  expect(back.object).toEqual(able);
  return { named, able, type, attributes };
}

const POD = [
  'affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight',
  'containers[0].volumeDevices[0].devicePath',
  'readinessGates[0].conditionType',
  'volumes[0].projected.sources[0].configMap.items[0].mode',
];

describe.each(resourceTypes())('%s', (type) => {
  const full = fullObject(type);

  test('every field is the same after its way there and back, or an error names it', () => {
    const { named, able } = thereAndBack(full);
    for (const path of named) expect([path, valueAt(full, path)]).not.toEqual([path, undefined]);
    expect(named).not.toContain('metadata');
    expect(named).not.toContain('metadata.name');
    expect(blocksIn(able).length).toBeGreaterThan(1);
  });

  test('what it does not know is named wherever it stands, both ways', () => {
    const { able, attributes } = thereAndBack(full);
    const unknown = structuredClone(able);
    const places = blocksIn(unknown).map(({ path, block }) => {
      block.noSuchField = 1;
      return path === '' ? 'noSuchField' : `${path}.noSuchField`;
    });
    expect(
      write(unknown)
        .problems.map(([path]) => path)
        .sort(),
    ).toEqual(places.sort());

    const strange = structuredClone(attributes);
    const below = blocksIn(strange).map(({ path, block }) => {
      block.no_such_field = 1;
      return `it${path && '.'}${path}.no_such_field`;
    });
    // A block that the provider has once may be a list of one: its place has no index.
    const plain = (paths: string[]) => paths.map((path) => path.replace(/\[\d+\]/g, '')).sort();
    const found = read(type, strange).problems.map(([path]) => path);
    expect(plain(found)).toEqual(plain(below));
  });
});

test('pods keep what hand-written tables lost', () => {
  const { able } = thereAndBack(fullObject('kubernetes_deployment_v1'));
  for (const path of POD) {
    expect([path, valueAt(able, `spec.template.spec.${path}`)]).not.toEqual([path, undefined]);
  }
});

test('what the provider has no field for is named', () => {
  const { problems } = write(fullObject('kubernetes_pod_v1'));
  expect(problems).toEqual(
    expect.arrayContaining(
      ['containers[0].resizePolicy', 'resourceClaims', 'volumes[0].image'].map((path) => [
        `spec.${path}`,
        expect.stringMatching(/^the provider has no such field of V1\w+; leave it out, got: /),
      ]),
    ),
  );
});

test('names, numbers as text, modes to the base 8 and lists are as the provider has them', () => {
  const { attributes } = write({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: {
      hostIPC: true,
      securityContext: { fsGroup: 1000 },
      containers: [
        {
          name: 'c',
          ports: [{ containerPort: 80 }],
          lifecycle: { preStop: { httpGet: { port: 80 } } },
        },
      ],
      volumes: [{ name: 'v', secret: { secretName: 's', defaultMode: 420 } }],
    },
  });
  expect(attributes).toEqual({
    metadata: { name: 'p' },
    spec: {
      host_ipc: true,
      security_context: { fs_group: '1000' },
      container: [
        {
          name: 'c',
          port: [{ container_port: 80 }],
          lifecycle: { pre_stop: [{ http_get: { port: '80' } }] },
        },
      ],
      volume: [{ name: 'v', secret: { secret_name: 's', default_mode: '0644' } }],
    },
  });
});

test('odd kinds: sources of volumes, texts of Secrets, the strategy of DaemonSets', () => {
  expect(
    write({
      ...kind('kubernetes_persistent_volume_v1'),
      spec: { nfs: { path: '/p', server: 's' }, capacity: { storage: '1Gi' } },
    }).attributes.spec,
  ).toEqual([
    {
      persistent_volume_source: { nfs: { path: '/p', server: 's' } },
      capacity: { storage: '1Gi' },
    },
  ]);
  expect(
    write({ ...kind('kubernetes_secret_v1'), stringData: { a: 'b' }, data: { c: 'ZA==' } })
      .attributes,
  ).toEqual({ data: { a: 'b' }, binary_data: { c: 'ZA==' } });
  expect(
    write({ ...kind('kubernetes_daemon_set_v1'), spec: { updateStrategy: { type: 'OnDelete' } } })
      .attributes.spec,
  ).toEqual({ strategy: { type: 'OnDelete' } });
});

function kind(type: string) {
  const [apiVersion, name] = KINDS[type] ?? [];
  return { apiVersion, kind: name };
}

test.each([
  [{ spec: { replicas: '2' } }, 'spec.replicas', 'a whole number'],
  [{ spec: { replicas: 1.5 } }, 'spec.replicas', 'a whole number'],
  [{ spec: { paused: 'false' } }, 'spec.paused', 'true or false'],
  [{ spec: { minReadySeconds: Number.NaN } }, 'spec.minReadySeconds', 'a number'],
  [{ spec: { template: [] } }, 'spec.template', 'an object'],
  [{ spec: { template: null } }, 'spec.template', 'an object'],
  [{ spec: { template: { spec: { containers: {} } } } }, 'spec.template.spec.containers', 'a list'],
  [{ metadata: { labels: { a: 1 } } }, 'metadata.labels.a', 'a text'],
  [
    { spec: { strategy: { rollingUpdate: { maxSurge: '1' } } } },
    'spec.strategy.rollingUpdate.maxSurge',
    'a number, without quotes',
  ],
])('a value that does not fit its field is named: %j', (fields, path, wanted) => {
  const { problems } = write({ ...kind('kubernetes_deployment_v1'), ...fields });
  expect(problems).toEqual([
    [path, expect.stringContaining(`must be ${wanted}; correct it, got: `)],
  ]);
});

test('of topologies a StorageClass of the provider takes one', () => {
  const topology = { matchLabelExpressions: [{ key: 'k', values: ['v'] }] };
  const storageClass = kind('kubernetes_storage_class_v1');
  const problemsOf = (allowedTopologies: unknown[]) =>
    write({ ...storageClass, allowedTopologies }).problems;
  expect(problemsOf([topology])).toEqual([]);
  expect(problemsOf([topology, topology])[0]?.[0]).toBe('allowedTopologies');
});

test('a kind without a typed resource is none', () => {
  const report = () => {};
  expect(toProvider({ apiVersion: 'x/v1', kind: 'Deployment' }, { report })).toBeUndefined();
  expect(fromProvider('kubernetes_widget_v1', {}, 'it', report)).toBeUndefined();
});

/** Texts that Terraform may take for templates among others. */
const TEXT = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('$', '%', '$$', '%%').map((mark) => `${mark}{a}`),
  fc.constantFrom('80', '25%', 'http'),
  fc.array(fc.constantFrom('$', '%', '{', '}'), { maxLength: 6 }).map((parts) => parts.join('')),
);

const NUMBER = fc.oneof(
  fc.integer({ min: 0, max: 511 }),
  fc.integer(),
  fc.constantFrom(0.5, Number.MAX_SAFE_INTEGER),
);

/** Values of a type of `@kubernetes/client-node`, with some of its fields. */
function valuesOf(type: string): fc.Arbitrary<unknown> {
  const element = /^Array<(.+)>$/.exec(type)?.[1];
  if (element) return fc.array(valuesOf(element), { maxLength: 2 });
  if (type.startsWith('{ [key: string]:')) return fc.dictionary(TEXT, TEXT, { maxKeys: 3 });
  const fields = modelFields(type);
  if (fields) {
    return fc
      .subarray([...fields], { maxLength: Math.min(8, fields.length) })
      .chain((some) =>
        fc.record(
          Object.fromEntries(some.map(({ baseName, type: of }) => [baseName, valuesOf(of)])),
        ),
      );
  }
  if (type === 'number') return NUMBER;
  if (type === 'boolean') return fc.boolean();
  return type === 'IntOrString' ? fc.oneof(TEXT, NUMBER) : TEXT;
}

test('random pods are the same after their way there and back, or an error names what is not', () => {
  let whole = 0;
  fc.assert(
    fc.property(valuesOf('V1PodSpec'), valuesOf('V1ObjectMeta'), (spec, metadata) => {
      const pod = { ...kind('kubernetes_pod_v1'), metadata, spec } as unknown as KubernetesObject;
      const { named } = thereAndBack(pod);
      for (const path of named) expect([path, valueAt(pod, path)]).not.toEqual([path, undefined]);
      if (named.length === 0) whole += 1;
    }),
    { numRuns: 300 },
  );
  expect(whole).toBeGreaterThan(0);
});
