import type { V1ConfigMap, V1Deployment } from '@kubernetes/client-node';
import { parse } from 'yaml';
import { resourceNames } from '../../../core/capacity';
import type { Check } from '../../checks/check';
import type { LiveCluster } from '../../live/cluster';
import type { PreflightSubject } from '../subject';

export const VOLCANO_NAMESPACE = 'volcano-system';
const WHERE = 'docs/hosts.md, "Volcano"';

/** Deployments of the Ascend build (Ascend/mind-cluster 26.1 `ascend-for-volcano/build/volcano-v1.12.0.yaml`). */
export const VOLCANO_DEPLOYMENTS = ['volcano-scheduler', 'volcano-controllers'];

export const volcanoRuns: Check<PreflightSubject> = {
  id: 'AICC-PRE-004',
  level: 'error',
  title: 'scheduler and controllers of Volcano run',
  why:
    'The Ascend build of Volcano places every pod with NPUs, and its controllers open the ' +
    'queues: without them pods wait for ever.',
  remedy: `install or repair the Ascend build of Volcano (${WHERE}): it places every pod with NPUs`,
  async check({ cluster }) {
    return Promise.all(
      VOLCANO_DEPLOYMENTS.map(async (name) => {
        const deployment = await volcanoDeployment(cluster, name);
        if ((deployment?.status?.availableReplicas ?? 0) > 0) return undefined;
        return {
          path: `Deployment ${VOLCANO_NAMESPACE}/${name}`,
          statement: deployment ? 'no replica is available' : 'is not there',
        };
      }),
    );
  },
};

/** @returns undefined where it is not there */
export function volcanoDeployment(
  cluster: LiveCluster,
  name: string,
): Promise<V1Deployment | undefined> {
  const metadata = { name, namespace: VOLCANO_NAMESPACE };
  return cluster.get<V1Deployment>({ apiVersion: 'apps/v1', kind: 'Deployment', metadata });
}

interface Plugin {
  readonly name: string;
  readonly enableNodeOrder?: boolean;
  readonly arguments?: Readonly<Record<string, unknown>>;
}

interface Configuration {
  readonly actions?: string;
  readonly tiers?: readonly { readonly plugins?: readonly Plugin[] }[];
}

export const volcanoConfiguration: Check<PreflightSubject> = {
  id: 'AICC-PRE-005',
  level: 'error',
  title: 'Volcano is configured as the proofs count on it',
  why:
    'Guarantees, ceilings and placement are proven for one configuration of the scheduler. ' +
    'Another one may take running work away, count queues in another way, or spread pods until ' +
    'no server is whole.',
  remedy: 'apply docs/volcano-scheduler-configmap.yaml (docs/hosts.md, "Scheduler configuration")',
  async check({ phase, cluster }) {
    const metadata = { name: 'volcano-scheduler-configmap', namespace: VOLCANO_NAMESPACE };
    const path = `ConfigMap ${VOLCANO_NAMESPACE}/${metadata.name}`;
    const map = await cluster.get<V1ConfigMap>({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
    const text = map?.data?.['volcano-scheduler.conf'];
    if (!text) return { path, statement: map ? 'has no volcano-scheduler.conf' : 'is not there' };
    let configuration: Configuration;
    try {
      configuration = parse(text) ?? {};
    } catch (error) {
      const [line = ''] = (error as Error).message.split('\n');
      return { path, statement: `is not YAML: ${line}` };
    }
    const found = problems(configuration, resourceNames(phase.cluster));
    return found.map((statement) => ({ path, statement }));
  },
};

/** What differs from the prescribed configuration and matters. */
function problems({ actions = '', tiers = [] }: Configuration, npus: readonly string[]): string[] {
  const plugins = tiers.flatMap((tier) => tier.plugins ?? []);
  const plugin = (name: string) => plugins.find((entry) => entry.name === name);
  const listed = actions.split(',').map((action) => action.trim());
  const binpack = plugin('binpack');
  const weights = binpack?.arguments ?? {};
  const spread = plugin('nodeorder')?.arguments?.['leastrequested.weight'] ?? 1;
  const wanted: readonly (readonly [holds: boolean, problem: string])[] = [
    [
      ['enqueue', 'allocate', 'backfill'].every((action) => listed.includes(action)),
      `actions must have enqueue, allocate and backfill, got: '${actions}'`,
    ],
    [
      !listed.some((action) => ['reclaim', 'preempt', 'shuffle'].includes(action)),
      `actions take running work away, and tenants were promised otherwise, got: '${actions}'`,
    ],
    [
      plugin('proportion') !== undefined,
      'plugin proportion is missing: guarantees of queues are not kept',
    ],
    [
      plugin('capacity') === undefined,
      'plugin capacity counts queues in another way than proportion',
    ],
    [plugin('gang') !== undefined, 'plugin gang is missing: groups are placed in parts'],
    [
      plugins.some(({ name }) => name.startsWith('volcano-npu')),
      'plugin volcano-npu is missing: NPUs are not chosen by their links',
    ],
    [
      binpack !== undefined && (binpack.enableNodeOrder ?? true),
      'plugin binpack is missing or scores no nodes: whole servers do not stay free',
    ],
    ...npus.map(
      (name) =>
        [
          binpack === undefined || Number(weights[`binpack.resources.${name}`] ?? 0) > 0,
          `plugin binpack has no weight for ${name}`,
        ] as const,
    ),
    [
      Number(spread) === 0,
      `plugin nodeorder spreads pods over servers, got: leastrequested.weight ${spread}`,
    ],
  ];
  return wanted.filter(([holds]) => !holds).map(([, problem]) => problem);
}
