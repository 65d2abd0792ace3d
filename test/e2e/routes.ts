import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPhases } from '../../cli/declared/phase';
import { LiveCluster } from '../../cli/live/cluster';
import type { KubernetesObject } from '../../cli/manifests/render';
import { applyObjects } from '../../cli/rehearse/apply';
import {
  installPrerequisites,
  missingPrerequisites,
} from '../../cli/rehearse/control-plane/prerequisites';
import { STAGES, type Stage } from '../../constructs';
import { synthesizeCentre } from '../../stacks/build';
import { tianjin } from '../../stacks/tianjin';
import { sampleObjects } from '../gateway/sample';
import { startTestPlane } from '../helpers/control-plane';
import { CRDS, type Log, type StageContext } from './stage';
import { givenCluster } from './target';

/** Kinds of gateways, which are looked at here. */
const GATEWAY_GROUP = /^gateway\.(networking\.k8s\.io|envoyproxy\.io)\//;

/**
 * Gateways, routes and policies against the CRDs of Gateway API and Envoy Gateway: all are admitted, and
 * the route of each stage is what the README says. No gateway runs here; `npm run gateway` has one.
 */
export async function routes({ folder, programs, log }: StageContext): Promise<void> {
  if (givenCluster(process.env)) {
    log('routes left out: they need kinds of their own, and the cluster is given');
    return;
  }
  const { kubectl, stop } = await startTestPlane(await programs(), 'routes');
  const output = join(folder, 'routes');
  synthesizeCentre(tianjin, { kubeconfig: kubectl.kubeconfig, contexts: {} }, output);
  const phases = readPhases(output, []);
  const [first] = phases;
  assert(first);
  const cluster = LiveCluster.open(kubectl);
  const { objects, withoutSchema } = await missingPrerequisites(cluster, first, CRDS);
  assert.deepEqual(
    withoutSchema.filter((kind) => /Gateway|Route|Grant|Policy/.test(kind)),
    [],
  );
  await installPrerequisites(cluster, { objects, withoutSchema });

  const declared = phases.flatMap(({ stacks }) => stacks.flatMap((stack) => stack.objects));
  await admitAll(
    cluster,
    declared.map(({ object }) => object),
    'the centre',
    log,
  );
  await admitAll(cluster, sampleObjects(443), 'the sample', log);
  await checkStages(cluster, log);
  await checkRefused(cluster, log);
  cluster.close();
  await stop();
}

/** Applies what belongs to gateways, namespaces first. */
async function admitAll(
  cluster: LiveCluster,
  objects: readonly KubernetesObject[],
  whose: string,
  log: Log,
): Promise<void> {
  const own = objects.filter(({ apiVersion }) => GATEWAY_GROUP.test(apiVersion));
  const namespaces = [...new Set(own.map(({ metadata }) => metadata.namespace ?? ''))];
  const made = namespaces.map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  }));
  assert.deepEqual(await apply(cluster, [...made, ...own]), []);
  const count = new Map<string, number>();
  for (const { kind } of own) count.set(kind, (count.get(kind) ?? 0) + 1);
  assert((count.get('HTTPRoute') ?? 0) > 0, `${whose} has no routes`);
  log(`routes of ${whose} admitted: ${[...count].map(([kind, n]) => `${n} ${kind}`).join(', ')}`);
}

/** @returns what the API server refused */
function apply(cluster: LiveCluster, objects: readonly KubernetesObject[]) {
  return applyObjects(
    cluster,
    objects.map((object) => ({ stack: 'routes', address: object.metadata.name, object })),
  );
}

interface Route extends KubernetesObject {
  readonly spec: {
    readonly rules: readonly {
      readonly backendRefs: readonly { readonly name: string; readonly weight: number }[];
      readonly filters?: readonly {
        readonly type: string;
        readonly requestMirror?: { readonly backendRef: { readonly name: string } };
      }[];
    }[];
  };
}

/** The route of each stage, as the API server keeps it, against the table of the README. */
async function checkStages(cluster: LiveCluster, log: Log): Promise<void> {
  const table = readmeStages();
  for (const stage of STAGES) {
    const alias = `in-${stage}`;
    const route = await cluster.get<Route>({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: alias, namespace: 'model-services' },
    });
    assert(route, `${alias} is not there`);
    const [rule] = route.spec.rules;
    const side = (name: string) => name.replace(`${alias}-`, '');
    const answers = rule?.backendRefs.map(({ name, weight }) => `${side(name)} ${weight} %`);
    const copies = rule?.filters?.map(({ requestMirror }) =>
      side(requestMirror?.backendRef.name ?? ''),
    );
    const shown = table.get(stage);
    assert(shown, `the README does not tell of ${stage}`);
    // The table says what the sample has at its weight of 20.
    const wanted = shown.answers.replace('50–99', '80').replace('`weight`', '20');
    assert.deepEqual(
      [stage, answers?.join(', '), copies?.join(', ') ?? ''],
      [stage, wanted, shown.copies],
    );
  }
  log(`routes: the ${STAGES.length} stages are as the README of the construct says`);
}

/** The table of stages in the README of the construct. */
function readmeStages(): Map<Stage, { answers: string; copies: string }> {
  const file = join(__dirname, '../../constructs/model-route/README.md');
  const rows = readFileSync(file, 'utf8').matchAll(/^\| `(\w+)` *\|([^|]*)\|([^|]*)\|/gm);
  return new Map(
    [...rows].map(([, stage = '', answers = '', copies = '']) => [
      stage as Stage,
      { answers: answers.trim(), copies: copies.trim() },
    ]),
  );
}

/** The schemas are there: what is no route, and no policy, is refused. */
async function checkRefused(cluster: LiveCluster, log: Log): Promise<void> {
  const [route] = sampleObjects(443).filter(({ kind }) => kind === 'HTTPRoute');
  const [policy] = sampleObjects(443).filter(({ kind }) => kind === 'SecurityPolicy');
  assert(route && policy);
  const [rule] = (route as Route).spec.rules;
  const weights = { ...rule, backendRefs: [{ name: 'a', port: 8000, weight: -1 }] };
  const bad = [
    { ...route, metadata: { ...route.metadata, name: 'bad' }, spec: { rules: [weights] } },
    {
      ...policy,
      metadata: { ...policy.metadata, name: 'bad' },
      spec: { ...(policy as { spec?: object }).spec, apiKeyAuth: { extractFrom: [] } },
    },
  ];
  const refused = await apply(cluster, bad);
  assert.equal(refused.length, 2, JSON.stringify(refused));
  log('routes: a weight below 0 and a policy without keys are refused');
}
