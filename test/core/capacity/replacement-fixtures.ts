import type { ReplacementEntry, ServingEntry, Stage } from '../../../constructs';

/** Two replicas of four NPUs on both sides. */
export function replacement(
  alias: string,
  stage: Stage,
  changes: Partial<ReplacementEntry> = {},
): ReplacementEntry {
  const side = (name: string, model: string) => ({
    serving: `${alias}-${name}`,
    model,
    npusPerReplica: 4,
    replicas: 2,
  });
  return {
    path: `models/${alias}`,
    alias,
    namespace: 'nankai',
    resourceName: 'huawei.com/Ascend910',
    stage,
    target: 'retired',
    foreign: side('foreign', 'llama'),
    domestic: side('domestic', 'qwen'),
    standbyReplicas: 1,
    ...changes,
  };
}

/** The servings that run in the stage of a replacement. */
export function servingsOf(
  entry: ReplacementEntry,
  replicas: Readonly<Record<'foreign' | 'domestic', number>>,
): ServingEntry[] {
  return (['foreign', 'domestic'] as const)
    .filter((side) => replicas[side] > 0)
    .map((side) => ({
      path: `${entry.path}/${side}`,
      name: entry[side].serving,
      model: entry[side].model,
      namespace: entry.namespace,
      resourceName: entry.resourceName,
      pool: 'npu',
      npusPerReplica: entry[side].npusPerReplica,
      podsPerReplica: 1,
      podCpus: 80,
      podMemoryGib: 640,
      replicas: replicas[side],
      surge: 0,
      nodeSelector: { 'aicc.internal/pool': 'npu' },
      tolerations: [{ key: entry.resourceName, operator: 'Exists', effect: 'NoSchedule' }],
    }));
}
