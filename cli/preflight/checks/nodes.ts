import type { Check } from '../../checks/check';
import { conditionOf, isReady } from '../../live/conditions';
import { joinedNodes, nameOf, npusOf } from '../joined-nodes';
import type { PreflightSubject } from '../subject';

export const nodesJoined: Check<PreflightSubject> = {
  id: 'AICC-PRE-015',
  level: 'error',
  title: 'every server that is declared has joined',
  why: 'Terraform labels nodes that are there: for one that is not, the deployment fails.',
  remedy:
    'join the server under this name (docs/hosts.md) or put it into outOfService: labels of a node that is not there fail',
  async check({ phase: { cluster }, nodes }) {
    const there = new Set((await nodes()).map(nameOf));
    const missing = (name: string) =>
      there.has(name) ? undefined : { path: `node ${name}`, statement: 'has not joined' };
    const npuServers = cluster.pools.flatMap(({ hosts }) => hosts.filter((host) => host.inService));
    return [
      npuServers.map(({ name }) => missing(name)),
      cluster.management.hosts.map((name) => {
        const remedy = 'join the management server under this name (docs/hosts.md)';
        const found = missing(name);
        return found && { ...found, remedy };
      }),
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
  remedy:
    'declare it in its pool, take it out of outOfService, or take it out of the cluster: nobody has counted its NPUs',
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
      }));
  },
};

export const nodesReady: Check<PreflightSubject> = {
  id: 'AICC-PRE-017',
  level: 'error',
  title: 'nodes are ready and take pods',
  why: 'NPUs of a node that is not ready, or cordoned, are counted as usable and take no pods.',
  remedy: 'repair it, or put it into outOfService',
  async check(subject) {
    const management = subject.phase.cluster.management.hosts;
    const there = await subject.nodes();
    const own = [
      ...(await joinedNodes(subject)).map(({ node }) => node),
      ...there.filter((node) => management.includes(nameOf(node))),
    ];
    return own.map((node) => {
      const path = `node ${nameOf(node)}`;
      if (!isReady(node)) {
        const why = conditionOf(node, 'Ready')?.message ?? 'no condition';
        return { path, statement: `is not ready: ${why}` };
      }
      if (!node.spec?.unschedulable) return undefined;
      const remedy = 'uncordon it when it may take work: its NPUs are counted as usable';
      return { level: 'warning', path, statement: 'is cordoned', remedy };
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
  remedy:
    'set registerWithTaints of its kubelet (docs/hosts.md, "Kubelet"): pods without NPUs fill it otherwise',
  async check(subject) {
    return (await joinedNodes(subject)).map(({ pool, node }) => {
      const taints = node.spec?.taints ?? [];
      const path = `node ${nameOf(node)}`;
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
        missing.map(({ key, effect }) => ({ path, statement: `has no taint ${key}:${effect}` })),
        foreign.map(({ key, effect }) => ({
          path,
          statement: `has the taint ${key}:${effect}`,
          remedy: 'remove it: pods of this package do not tolerate it',
        })),
      ];
    });
  },
};
