import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KINDS, modelOf, TERRAFORM_ONLY } from '../../core/kubernetes/kinds';
import type { Shape } from '../../core/kubernetes/schema';

/** Fields that the provider calls otherwise: its name, by type of Kubernetes, and that of the field. */
const RENAMED: Readonly<Record<string, string>> = {
  'V1AzureDiskVolumeSource.data_disk_uri': 'diskURI',
  'V1DaemonSetSpec.strategy': 'updateStrategy',
  'V1GlusterfsPersistentVolumeSource.endpoints_name': 'endpoints',
  'V1GlusterfsVolumeSource.endpoints_name': 'endpoints',
  'V1RBDPersistentVolumeSource.ceph_monitors': 'monitors',
  'V1RBDPersistentVolumeSource.rados_user': 'user',
  'V1RBDPersistentVolumeSource.rbd_image': 'image',
  'V1RBDPersistentVolumeSource.rbd_pool': 'pool',
  'V1RBDVolumeSource.ceph_monitors': 'monitors',
  'V1RBDVolumeSource.rados_user': 'user',
  'V1RBDVolumeSource.rbd_image': 'image',
  'V1RBDVolumeSource.rbd_pool': 'pool',
  // The provider takes texts and writes base64; what is base64 already goes into another attribute.
  'V1Secret.binary_data': 'data',
  'V1Secret.data': 'stringData',
  'V1StorageClass.storage_provisioner': 'provisioner',
};

/** Attributes of the provider of which Kubernetes knows nothing: they are refused. */
const NOTHING: ReadonlySet<string> = new Set([
  'V1AzureFileVolumeSource.secret_namespace',
  'V1LocalObjectReference.namespace',
  'V1Pod.target_state',
  'V1Secret.binary_data_wo',
  'V1Secret.binary_data_wo_revision',
  'V1Secret.data_wo',
  'V1Secret.data_wo_revision',
  'V1Volume.local',
  // Of autoscaling/v1.
  'V2HorizontalPodAutoscalerSpec.target_cpu_utilization_percentage',
]);

/** Blocks of the provider whose attributes Kubernetes has one level above. */
const WRAPPERS: ReadonlySet<string> = new Set(['V1PersistentVolumeSpec.persistent_volume_source']);

/** Numbers that the provider takes as text to the base 8 (`validateModeBits` in its `schema_pod_spec.go`). */
const OCTAL: ReadonlySet<string> = new Set(['defaultMode', 'mode']);

/**
 * Fields that plans have and no configuration: what the cluster sets, and what release 3.2.1 of the provider
 * takes, but not the one that the bindings were made from.
 */
const READ_ONLY: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  V1Container: { restartPolicy: ['restart_policy', 'string', null, true] },
  V1ObjectMeta: {
    generation: ['generation', 'number', null, true],
    resourceVersion: ['resource_version', 'string', null, true],
    uid: ['uid', 'string', null, true],
  },
  V1Service: { status: ['status', 'block', 'V1ServiceStatus', true] },
};

/** Types of what is only read. */
const READ_ONLY_TYPES: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  V1LoadBalancerIngress: {
    hostname: ['hostname', 'string'],
    ip: ['ip', 'string'],
    ipMode: ['ip_mode', 'string'],
  },
  V1LoadBalancerStatus: { ingress: ['ingress', 'blocks', 'V1LoadBalancerIngress'] },
  V1ServiceStatus: { loadBalancer: ['load_balancer', 'block', 'V1LoadBalancerStatus'] },
};

type Row = readonly [attribute: string, shape: Shape, type?: string | null, readOnly?: boolean];

/** An attribute of the provider, as its bindings write it. */
interface Attribute {
  readonly isBlock: boolean;
  /** Whether it is a list of blocks; of others, the type says it. */
  readonly isList: boolean;
  /** `string`, `numberList`, `stringMap`; of blocks, a name of the bindings. */
  readonly type: string;
  /** What writes the blocks. */
  readonly writer?: string;
}

type Block = ReadonlyMap<string, Attribute>;

interface ModelField {
  readonly baseName: string;
  readonly type: string;
}

const LIB = join(dirname(require.resolve('@cdktf/provider-kubernetes/package.json')), 'lib');
const MODELS = dirname(require.resolve('@kubernetes/client-node/dist/gen/models/all.js'));

/** `core/kubernetes/provider-schema.json`. @throws where a name of the provider fits none of Kubernetes */
export function providerSchema(): string {
  const types = new Map<string, string>(
    Object.entries(READ_ONLY_TYPES).map(([name, fields]) => [name, JSON.stringify(fields)]),
  );
  const unused = new Set([...Object.keys(RENAMED), ...NOTHING, ...WRAPPERS]);
  for (const resourceType of Object.keys(KINDS).sort()) {
    const bindings = readBindings(resourceType);
    const model = modelOf(resourceType) ?? '';
    const fields = new Schema(bindings.blocks, types, unused).fieldsOf(bindings.root, model);
    types.set(resourceType, JSON.stringify(fields));
  }
  if (unused.size > 0) throw new Error(`nothing is called ${[...unused].join(', ')}`);
  const lines = [...types]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, fields]) => `  ${JSON.stringify(name)}: ${fields}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** Fields of Kubernetes types as one resource of the provider has them. */
class Schema {
  constructor(
    private readonly blocks: ReadonlyMap<string, Block>,
    private readonly types: Map<string, string>,
    private readonly unused: Set<string>,
  ) {}

  fieldsOf(block: Block, model: string): Record<string, Row> {
    const fields: Record<string, Row> = {};
    this.add(block, model, '', fields);
    return { ...fields, ...READ_ONLY[model] };
  }

  private add(block: Block, model: string, prefix: string, fields: Record<string, Row>): void {
    for (const [name, attribute] of block) {
      const key = `${model}.${name}`;
      this.unused.delete(key);
      if (NOTHING.has(key)) continue;
      if (WRAPPERS.has(key)) {
        this.add(this.inside(attribute), model, `${name}.`, fields);
        continue;
      }
      const field = findField(model, RENAMED[key] ?? name);
      if (!field || fields[field.baseName]) {
        throw new Error(`${key} of the provider: ${field ? 'two attributes' : 'no field'}`);
      }
      fields[field.baseName] = [`${prefix}${name}`, ...this.shape(field, attribute, key)];
    }
  }

  private shape({ baseName, type }: ModelField, attribute: Attribute, key: string) {
    const element = /^Array<(.+)>$/.exec(type)?.[1];
    if (attribute.isBlock) {
      const inside = this.named(this.inside(attribute), element ?? type);
      if (element) return [attribute.isList ? 'blocks' : 'oneOfList', inside] as const;
      return [attribute.isList ? 'listOfOne' : 'block', inside] as const;
    }
    const kind = type.startsWith('{ [key: string]: string') ? 'map' : type;
    const shape = SCALARS[`${kind} as ${attribute.type}`];
    if (!shape) throw new Error(`${key} of the provider: ${type} as ${attribute.type}`);
    return [shape === 'decimal' && OCTAL.has(baseName) ? 'octal' : shape] as const;
  }

  private inside({ writer = '' }: Attribute): Block {
    const block = this.blocks.get(writer);
    if (!block) throw new Error(`the bindings have no ${writer}`);
    return block;
  }

  /** Name under which a type is kept: one for each form in which the provider has it. */
  private named(block: Block, model: string): string {
    const fields = JSON.stringify(this.fieldsOf(block, model));
    for (let form = 1; ; form++) {
      const name = form === 1 ? model : `${model}#${form}`;
      const known = this.types.get(name) ?? fields;
      this.types.set(name, known);
      if (known === fields) return name;
    }
  }
}

/** A type of Kubernetes, and what the provider takes for it. */
const SCALARS: Readonly<Record<string, Shape>> = {
  'string as string': 'string',
  'number as number': 'number',
  'number as string': 'decimal',
  'boolean as boolean': 'boolean',
  'IntOrString as string': 'intOrString',
  'Array<string> as stringList': 'strings',
  'Array<number> as numberList': 'numbers',
  'map as stringMap': 'map',
};

/** `cluster_ip` → `clusterIP`, `container` → `containers`, `policy` → `policies`. */
function findField(model: string, attribute: string): ModelField | undefined {
  const plain = (text: string) => text.replaceAll('_', '').toLowerCase();
  const name = plain(attribute);
  const fields = modelFields(model) ?? [];
  return [name, `${name}s`, `${name}es`, name.replace(/y$/, 'ies')]
    .map((wanted) => fields.find(({ baseName }) => plain(baseName) === wanted))
    .find((field) => field !== undefined);
}

/** Fields of a type of the Kubernetes API, as `@kubernetes/client-node` has them; undefined for others. */
export function modelFields(model: string): readonly ModelField[] | undefined {
  const file = join(MODELS, `${model}.js`);
  if (!/^[A-Z]\w*$/.test(model) || !existsSync(file)) return undefined;
  const type = require(file)[model];
  return typeof type?.getAttributeTypeMap === 'function' ? type.getAttributeTypeMap() : undefined;
}

/** Blocks and attributes of a resource, from what the bindings write as HCL: it says all of each. */
function readBindings(resourceType: string): { root: Block; blocks: Map<string, Block> } {
  const folder = join(LIB, resourceType.replace(/^kubernetes_/, '').replaceAll('_', '-'));
  const source = readdirSync(folder, { recursive: true })
    .filter((file) => `${file}`.endsWith('.js'))
    .map((file) => readFileSync(join(folder, `${file}`), 'utf8'))
    .join('\n');
  const writers = source.matchAll(/function (\w+)ToHclTerraform\(struct\) \{([\s\S]*?)\n\}/g);
  const [, root = ''] = /synthesizeHclAttributes\(\) \{([\s\S]*?)\n {4}\}/.exec(source) ?? [];
  const attributes = [...attributesIn(root)];
  return {
    root: new Map(attributes.filter(([name]) => name !== 'id' && !TERRAFORM_ONLY.has(name))),
    blocks: new Map([...writers].map(([, name = '', body = '']) => [name, attributesIn(body)])),
  };
}

function attributesIn(body: string): Block {
  const found = body.matchAll(
    /\n\s+(\w+): \{\n\s+value: ([^\n]*),\n\s+isBlock: (\w+),\n\s+type: "\w+",\n\s+storageClassType: "(\w+)"/g,
  );
  return new Map(
    [...found].map(([, name = '', value = '', isBlock, type = '']) => [
      name,
      {
        isBlock: isBlock === 'true',
        isList: value.includes('listMapperHcl('),
        type,
        writer: /(\w+)ToHclTerraform/.exec(value)?.[1],
      },
    ]),
  );
}
