import type { Finding } from '../../../core/rules';
import type { Check } from '../../checks/check';
import { joined, nameOf, npusOf } from '../joined';
import type { PreflightSubject } from '../subject';

export const nodesJoined: Check<PreflightSubject> = {
  id: 'AICC-PRE-015',
  level: 'error',
  title: 'every server that is declared has joined',
  why: 'Terraform labels nodes that are there: for one that is not, the deployment fails.',
  async check({ phase: { cluster }, nodes }) {
    const there = new Set((await nodes()).map(nameOf));
    const npuServers = cluster.pools.flatMap(({ hosts }) => hosts.filter((host) => host.inService));
    return [
      ...npuServers
        .filter(({ name }) => !there.has(name))
        .map(({ name }) => ({
          path: `node ${name}`,
          statement: 'has not joined',
          remedy:
            'join the server under this name (docs/hosts.md) or put it into outOfService: labels of a node that is not there fail',
        })),
      ...cluster.management.hosts
        .filter((name) => !there.has(name))
        .map((name) => ({
          path: `node ${name}`,
          statement: 'has not joined',
          remedy: 'join the management server under this name (docs/hosts.md)',
        })),
    ];
  },
};

export const nodesDeclared: Check<PreflightSubject> = {
  id: 'AICC-PRE-016',
  level: 'error',
  title: 'every node with NPUs is declared and in service',
  why:
    'NPUs that are not declared are in no sum: Volcano gives them out, and what was proven is ' +
    'about another cluster.',
  async check({ phase: { cluster }, nodes }) {
    const hosts = cluster.pools.flatMap((pool) => pool.hosts);
    const inService = new Set(hosts.filter((host) => host.inService).map(({ name }) => name));
    const withNpus = (await nodes()).filter((node) =>
      cluster.pools.some((pool) => npusOf(node, pool) > 0),
    );
    return withNpus
      .filter((node) => !inService.has(nameOf(node)))
      .map((node) => ({
        path: `node ${nameOf(node)}`,
        statement: hosts.some(({ name }) => name === nameOf(node))
          ? 'is declared out of service and offers NPUs'
          : 'offers NPUs and is not declared',
        remedy:
          'declare it in its pool, take it out of outOfService, or take it out of the cluster: nobody has counted its NPUs',
      }));
  },
};

export const nodesReady: Check<PreflightSubject> = {
  id: 'AICC-PRE-017',
  level: 'error',
  title: 'nodes are ready and take pods',
  why: 'NPUs of a node that is not ready, or cordoned, are counted as usable and take no pods.',
  async check(subject) {
    const management = subject.phase.cluster.management.hosts;
    const there = await subject.nodes();
    const own = [
      ...(await joined(subject)).map(({ node }) => node),
      ...there.filter((node) => management.includes(nameOf(node))),
    ];
    return own.flatMap((node): Finding[] => {
      const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
      const about = `node ${nameOf(node)}`;
      if (ready?.status !== 'True') {
        return [
          {
            path: about,
            statement: `is not ready: ${ready?.message ?? 'no condition'}`,
            remedy: 'mend it, or put it into outOfService',
          },
        ];
      }
      return node.spec?.unschedulable
        ? [
            {
              level: 'warning',
              path: about,
              statement: 'is cordoned',
              remedy: 'uncordon it when it may take work: its NPUs are counted as usable',
            },
          ]
        : [];
    });
  },
};

export const nodeTaints: Check<PreflightSubject> = {
  id: 'AICC-PRE-018',
  level: 'error',
  title: 'NPU nodes have the taint of their resource name and none that keeps work away',
  why:
    'The taint keeps pods without NPUs away, which would fill the server. Pods of this package ' +
    'tolerate that one and no other.',
  async check(subject) {
    return (await joined(subject)).flatMap(({ pool, node }): Finding[] => {
      const taints = node.spec?.taints ?? [];
      const about = `node ${nameOf(node)}`;
      const missing = pool.taints.filter(
        (wanted) =>
          !taints.some(({ key, effect }) => key === wanted.key && effect === wanted.effect),
      );
      // Those of Kubernetes itself say that a node is not ready or cordoned: another check's.
      const foreign = taints.filter(
        ({ key, effect }) =>
          !key.startsWith('node.kubernetes.io/') &&
          effect !== 'PreferNoSchedule' &&
          !pool.taints.some((wanted) => wanted.key === key),
      );
      return [
        ...missing.map(({ key, effect }) => ({
          path: about,
          statement: `has no taint ${key}:${effect}`,
          remedy:
            'set registerWithTaints of its kubelet (docs/hosts.md, "Kubelet"): pods without NPUs fill it otherwise',
        })),
        ...foreign.map(({ key, effect }) => ({
          path: about,
          statement: `has the taint ${key}:${effect}`,
          remedy: 'remove it: pods of this package do not tolerate it',
        })),
      ];
    });
  },
};
