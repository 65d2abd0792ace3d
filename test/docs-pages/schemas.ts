import { basename, join } from 'node:path';
import {
  AnnotatedType,
  AnyType,
  type BaseType,
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  SchemaGenerator,
  type SubNodeParser,
} from 'ts-json-schema-generator';
import ts from 'typescript';
import { REVIEW_SCHEMA } from '../../cli/review/review';
import { CAPACITY_SCHEMA } from '../../constructs';
import { LOCALIZATION_SCHEMA } from '../../core/localization-report';

const ROOT = join(__dirname, '../..');

/** Keywords of `core/schema/schema.ts` beside those of JSON Schema. */
const OWN_TAGS = ['errorMessage', 'deployTime'];

const CONFIG = {
  ...DEFAULT_CONFIG,
  path: join(ROOT, '{main,cli/review/report/json}.ts'),
  tsconfig: join(ROOT, 'tsconfig.json'),
  // The compiler checks types in a step of its own.
  skipTypeCheck: true,
  encodeRefs: true,
};

/** Classes, functions and what frameworks declare are no data: only their name is told. */
class Opaque implements SubNodeParser {
  supportsNode(node: ts.Node): boolean {
    const foreign = /node_modules\/(?!typescript)/.test(node.getSourceFile()?.fileName ?? '');
    return (
      ts.isClassDeclaration(node) ||
      ts.isFunctionTypeNode(node) ||
      (ts.isInterfaceDeclaration(node) && foreign)
    );
  }

  createType(node: ts.ClassDeclaration | ts.InterfaceDeclaration | ts.FunctionTypeNode): BaseType {
    const construct = ts.isFunctionTypeNode(node) ? 'function' : node.name?.getText();
    return new AnnotatedType(new AnyType(), { construct }, false);
  }
}

/** Compiled once for all schemas. */
let program: ts.Program | undefined;

function generator(change: { readonly sortProps?: boolean; readonly extraTags?: string[] } = {}) {
  program ??= createProgram(CONFIG);
  const config = { ...CONFIG, ...change };
  const parser = createParser(program, config, (chain) => {
    if (change.extraTags) chain.addNodeParser(new Opaque());
  });
  return new SchemaGenerator(program, parser, createFormatter(config), config);
}

function written(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** A type with its comments, as JSON Schema that any validator knows: without formats of our own. */
export function schemaOf(title: string, type: string): string {
  const schema = { title, ...generator().createSchema(type) };
  return written(
    JSON.parse(
      JSON.stringify(schema, (key, item) =>
        key === 'format' && typeof item === 'string' ? undefined : item,
      ),
    ),
  );
}

/** `docs/capacity.schema.json`. */
export function capacitySchema(): string {
  return schemaOf(`capacity.json, version ${CAPACITY_SCHEMA}`, 'CapacityReport');
}

/** `docs/localization.schema.json`. */
export function localizationSchema(): string {
  return schemaOf(`localization.json, version ${LOCALIZATION_SCHEMA}`, 'LocalizationReport');
}

/** `docs/review.schema.json`. */
export function reviewSchema(): string {
  return schemaOf(`aicc review --json, version ${REVIEW_SCHEMA}`, 'ReviewReport');
}

/** Types that are checked when they are given: the data of a centre, and the props of constructs. */
const CHECKED = [
  ...['Centre', 'CentreFile', 'Phase', 'Tenant', 'Serving', 'Replacement', 'Settings'],
  ...[
    'ComputeClusterProps',
    'TenantNamespaceProps',
    'TenantNetworkProps',
    'AdmissionPoliciesProps',
  ],
  ...['MonitoringProps', 'ModelServingProps', 'ModelWeightsProps', 'NodeWeightsProps'],
  ...['ModelGatewayProps', 'ModelRouteProps', 'ModelReplacementProps'],
];

/** Ids of these are the catalogue's to know: listed for editors, and any text for the check. */
const OPEN = ['ServerFormId', 'AcceleratorId'];

type Json = { [key: string]: unknown };

/** `core/schema/centre.schema.json`: what `core/schema` checks by, and editors of YAML files. */
export function centreSchema(): string {
  const made = CHECKED.map((type) =>
    generator({ sortProps: false, extraTags: OWN_TAGS }).createSchema(type),
  );
  const definitions: Json = Object.assign({}, ...made.map((schema) => schema.definitions));
  for (const name of OPEN) {
    const { enum: ids } = definitions[name] as Json;
    definitions[name] = { anyOf: [{ type: 'string', enum: ids }, { type: 'string' }] };
  }
  return written({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Data of an AI computing centre',
    $ref: '#/definitions/CentreFile',
    definitions: tidied(definitions),
  });
}

/** `@default - words` is a sentence for readers; an editor would write it into the file. */
function tidied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidied);
  if (typeof value !== 'object' || value === null) return value;
  const { default: fallback, ...rest } = value as Json;
  const entries = Object.entries(rest).map(([key, item]) => [key, tidied(item)]);
  const isValue = fallback !== undefined && !/^-|^[A-Z_]+$| /.test(`${fallback}`);
  return Object.fromEntries(isValue ? [...entries, ['default', fallback]] : entries);
}

/** Schemas of the data files, beside them: `$schema` of each points there, so that editors help. */
export const DATA_SCHEMAS: Readonly<Record<string, () => string>> = Object.fromEntries(
  (
    [
      ['core/accelerator/data/accelerators', 'AcceleratorsFile'],
      ['core/accelerator/data/component', 'ComponentFile'],
      ['core/accelerator/data/mindcluster-releases', 'MindClusterReleasesFile'],
      ['core/accelerator/data/server-forms', 'ServerFormsFile'],
      ['core/catalogue/data/licences', 'LicencesFile'],
      ['core/catalogue/data/model-file', 'ModelFile'],
      ['core/catalogue/data/vllm-flags', 'VllmFlagsFile'],
      ['core/data-files/shared-texts', 'TextsFile'],
      ['core/monitoring/data/dashboards', 'DashboardsFile'],
      ['core/monitoring/data/metric-sources', 'MetricSourcesFile'],
      ['core/monitoring/data/thresholds', 'ThresholdsFile'],
    ] as const
  ).map(([file, type]) => [
    join(ROOT, `${file}.schema.json`),
    () => schemaOf(basename(file), type),
  ]),
);
