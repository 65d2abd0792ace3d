import { quantity } from '../../../core/capacity/quantity';
import type { Check } from '../../checks/check';
import { objectsOf } from '../../declared/phase';
import { few } from '../../few';
import { groupBy } from '../../group-by';
import { joinedNodes, labelOf, nameOf, npusOf } from '../joined-nodes';
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
  level: 'error',
  title: 'NPU nodes offer as many NPUs as their server form has',
  why:
    'Quotas and guarantees count what a server form has. A server that offers fewer has lost ' +
    'NPUs, or is of another form.',
  remedy: 'see NodeLostNpus in docs/runbook.md, or put it into outOfService',
  async check(subject) {
    const early = await pluginMayBeMissing(subject);
    const short = (await joinedNodes(subject)).filter(
      ({ pool, node }) => npusOf(node, pool) !== pool.npusPerServer,
    );
    const silent = early ? short.filter(({ pool, node }) => npusOf(node, pool) === 0) : [];
    return [
      silent.length === 0
        ? undefined
        : {
            level: 'warning',
            path: `${silent.length} nodes`,
            statement: 'offer no NPUs, and the device plugin is not there yet',
            remedy: 'look again after the cluster stack is deployed',
          },
      short
        .filter((entry) => !silent.includes(entry))
        .map(({ pool, node }) => ({
          path: `node ${nameOf(node)}`,
          statement: `offers ${npusOf(node, pool)} of ${pool.npusPerServer} ${pool.resourceName}`,
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
  level: 'error',
  title: 'nodes have the architecture and the chips of their pool',
  why: 'Images are built for one architecture, and the memory of models is proven for one chip.',
  remedy: 'correct the pool or the host name',
  async check(subject) {
    return (await joinedNodes(subject)).map(({ pool, node }) =>
      Object.entries(FOUND_LABELS).map(([key, meaning]) => {
        const [declared, found] = [pool.labels[key], labelOf(node, key)];
        if (declared === undefined || found === undefined || declared === found) return undefined;
        return {
          path: `node ${nameOf(node)}`,
          statement: `${key} is ${found}, and its pool is declared ${declared}`,
          remedy: `correct the pool or the host name: the server ${meaning}`,
        };
      }),
    );
  },
};

/** Set by the device plugin (Ascend/mind-cluster `pkg/server/manager.go`). */
const DRIVER = 'huawei.com/driver.version';

export const nodeDrivers: Check<PreflightSubject> = {
  id: 'AICC-PRE-021',
  level: 'error',
  title: 'servers of a pool have the same driver',
  why: 'A pod may run on any server of its pool, so the same image must run with the driver of each.',
  remedy: 'install one driver on all servers of the pool (docs/hosts.md)',
  async check(subject) {
    const all = await joinedNodes(subject);
    return subject.phase.cluster.pools.map((pool) => {
      const nodes = all.filter((entry) => entry.pool === pool).map(({ node }) => node);
      const versions = groupBy(nodes, (node) => labelOf(node, DRIVER) ?? 'none').map((own) => ({
        version: (own[0] && labelOf(own[0], DRIVER)) ?? 'none',
        names: own.map(nameOf),
      }));
      const [most, ...others] = versions.sort((a, b) => b.names.length - a.names.length);
      return others.map(({ version, names }) => ({
        path: `pool ${pool.name}`,
        statement: `driver ${version} on ${few(names, 5)}, ${most?.version} on ${most?.names.length}`,
      }));
    });
  },
};

export const nodeLabels: Check<PreflightSubject> = {
  id: 'AICC-PRE-022',
  level: 'error',
  title: 'labels of nodes, racks among them, are free or as the phase sets them',
  why:
    'Terraform does not overwrite labels that others have set: the deployment fails, and until ' +
    'then pods are placed by a rack or pool that is not theirs.',
  remedy:
    'correct the rack or pool in the data, or remove the label: Terraform does not overwrite what others have set',
  async check({ phase, nodes }) {
    const there = new Map((await nodes()).map((node) => [nameOf(node), node]));
    return objectsOf(phase, 'Node').map(({ metadata: { name, labels = {} } }) => {
      const node = there.get(name);
      return Object.entries(labels).map(([key, declared]) => {
        const found = node && labelOf(node, key);
        return found === undefined || found === declared
          ? undefined
          : {
              path: `node ${name}`,
              statement: `${key} is ${found}, and the phase sets ${declared}`,
            };
      });
    });
  },
};

export const nodeSizes: Check<PreflightSubject> = {
  id: 'AICC-PRE-023',
  level: 'error',
  title: 'nodes have CPUs, memory and room for pods as declared',
  why:
    'That CPUs, memory and pods suffice is proven for what is declared: on a smaller node NPUs ' +
    'stay free that no pod can use.',
  remedy: 'correct the kubelet (docs/hosts.md, "Kubelet") or the server form of the pool',
  async check(subject) {
    return (await joinedNodes(subject)).map(({ pool, node }) => {
      const offered = (key: string) => quantity(node.status?.allocatable?.[key] ?? '0');
      const sizes: readonly (readonly [key: string, least: number, unit: number])[] = [
        ['cpu', pool.cpus - pool.systemCpus, 1],
        ['memory', pool.memoryGib - pool.systemMemoryGib, 1024 ** 3],
        ['pods', pool.maxPods, 1],
      ];
      return sizes
        .filter(([key, least, unit]) => offered(key) < least * unit)
        .map(([key, least, unit]) => ({
          path: `node ${nameOf(node)}`,
          statement: `offers ${Math.floor(offered(key) / unit)} ${key}, and ${least} are declared`,
        }));
    });
  },
};
