import { quantity } from '../../../core/capacity/quantity';
import type { Check, Found } from '../../checks/finding';
import { objectsOf } from '../../declared/phase';
import { joined, labelOf, nameOf, npusOf } from '../joined';
import type { PreflightSubject } from '../subject';

/** Whether the device plugin can have spoken: ours comes only with the cluster stack. */
async function pluginMayBeMissing({ phase, cluster }: PreflightSubject): Promise<boolean> {
  const own = objectsOf(phase, 'DaemonSet').find(({ metadata }) =>
    metadata.name.includes('device-plugin'),
  );
  return own !== undefined && (await cluster.get(own)) === undefined;
}

export const nodeNpus: Check<PreflightSubject> = {
  id: 'AICC-PRE-019',
  title: 'NPU nodes offer as many NPUs as their server form has',
  async check(subject) {
    const early = await pluginMayBeMissing(subject);
    const short = (await joined(subject)).filter(
      ({ pool, node }) => npusOf(node, pool) !== pool.npusPerServer,
    );
    const silent = early ? short.filter(({ pool, node }) => npusOf(node, pool) === 0) : [];
    return [
      ...(silent.length > 0
        ? [
            {
              level: 'warning' as const,
              subject: `${silent.length} nodes`,
              found: 'offer no NPUs, and the device plugin is not there yet',
              remedy: 'look again after the cluster stack is deployed',
            },
          ]
        : []),
      ...short
        .filter((entry) => !silent.includes(entry))
        .map(({ pool, node }) => ({
          subject: `node ${nameOf(node)}`,
          found: `offers ${npusOf(node, pool)} of ${pool.npusPerServer} ${pool.resourceName}`,
          remedy: 'see NodeLostNpus in docs/runbook.md, or put it into outOfService',
        })),
    ];
  },
};

/** Labels that are found out, not set: the pool says what they must be. */
const FOUND_LABELS: Readonly<Record<string, string>> = {
  'kubernetes.io/arch': 'is declared with another server form than it is',
  'node.kubernetes.io/npu.chip.name': 'has other chips than its pool',
};

export const nodeForms: Check<PreflightSubject> = {
  id: 'AICC-PRE-020',
  title: 'nodes have the architecture and the chips of their pool',
  async check(subject) {
    return (await joined(subject)).flatMap(({ pool, node }) =>
      Object.entries(FOUND_LABELS).flatMap(([key, meaning]) => {
        const [declared, found] = [pool.labels[key], labelOf(node, key)];
        return declared === undefined || found === undefined || declared === found
          ? []
          : [
              {
                subject: `node ${nameOf(node)}`,
                found: `${key} is ${found}, and its pool is declared ${declared}`,
                remedy: `correct the pool or the host name: the server ${meaning}`,
              },
            ];
      }),
    );
  },
};

/** Set by the device plugin (Ascend/mind-cluster `pkg/server/manager.go`). */
const DRIVER = 'huawei.com/driver.version';

export const nodeDrivers: Check<PreflightSubject> = {
  id: 'AICC-PRE-021',
  title: 'servers of a pool have the same driver',
  async check(subject) {
    const all = await joined(subject);
    return subject.phase.cluster.pools.flatMap((pool): Found[] => {
      const nodes = all.filter((entry) => entry.pool === pool).map(({ node }) => node);
      const versions = new Map<string, string[]>();
      for (const node of nodes) {
        const version = labelOf(node, DRIVER) ?? 'none';
        versions.set(version, [...(versions.get(version) ?? []), nameOf(node)]);
      }
      if (versions.size <= 1) return [];
      const [most, ...others] = [...versions].sort(([, a], [, b]) => b.length - a.length);
      return others.map(([version, names]) => ({
        subject: `pool ${pool.name}`,
        found: `driver ${version} on ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}, ${most?.[0]} on ${most?.[1].length}`,
        remedy: 'install one driver on all servers of the pool (docs/hosts.md)',
      }));
    });
  },
};

interface Patch {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

export const nodeLabels: Check<PreflightSubject> = {
  id: 'AICC-PRE-022',
  title: 'labels of nodes, racks among them, are free or as the phase sets them',
  async check({ phase, nodes }) {
    const there = new Map((await nodes()).map((node) => [nameOf(node), node]));
    return (objectsOf(phase, 'Node') as unknown as Patch[]).flatMap(({ metadata }) => {
      const node = there.get(metadata.name);
      if (!node) return [];
      return Object.entries(metadata.labels ?? {}).flatMap(([key, declared]) => {
        const found = labelOf(node, key);
        return found === undefined || found === declared
          ? []
          : [
              {
                subject: `node ${metadata.name}`,
                found: `${key} is ${found}, and the phase sets ${declared}`,
                remedy:
                  'correct the rack or pool in the data, or remove the label: Terraform does not overwrite what others have set',
              },
            ];
      });
    });
  },
};

export const nodeSizes: Check<PreflightSubject> = {
  id: 'AICC-PRE-023',
  title: 'nodes have CPUs, memory and room for pods as declared',
  async check(subject) {
    return (await joined(subject)).flatMap(({ pool, node }) => {
      const offered = (key: string) => quantity(node.status?.allocatable?.[key] ?? '0');
      const sizes: readonly (readonly [key: string, least: number, unit: number])[] = [
        ['cpu', pool.cpus - pool.systemCpus, 1],
        ['memory', pool.memoryGib - pool.systemMemoryGib, 1024 ** 3],
        ['pods', pool.maxPods, 1],
      ];
      return sizes
        .filter(([key, least, unit]) => offered(key) < least * unit)
        .map(([key, least, unit]) => ({
          subject: `node ${nameOf(node)}`,
          found: `offers ${Math.floor(offered(key) / unit)} ${key}, and ${least} are declared`,
          remedy: 'correct the kubelet (docs/hosts.md, "Kubelet") or the server form of the pool',
        }));
    });
  },
};
