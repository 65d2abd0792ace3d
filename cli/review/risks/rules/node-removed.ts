import { few } from '../../../few';
import type { RiskRule } from '../risk';

export const nodeRemoved: RiskRule = {
  id: 'AICC-RISK-018',
  level: 'error',
  title: 'server removed while it carries placements',
  why: 'A server goes, or is taken out of service, on which pods are placed until now.',
  remedy: 'drain these servers first, or take away others that are empty',
  check({ before, after }) {
    return before?.clusters.map(({ name, path, placement }) => {
      const now = after?.clusters.find((cluster) => cluster.name === name);
      const hosts = now?.pools.flatMap((pool) => pool.hosts.filter((host) => host.inService));
      const left = new Set(hosts?.map((host) => host.name));
      // What an older release wrote may have no placement.
      const lost = (placement?.pods ?? []).filter(
        ({ kind, server }) => (kind === 'serving' || kind === 'guarantee') && !left.has(server),
      );
      const servers = [...new Set(lost.map(({ server }) => server))];
      if (servers.length === 0) return undefined;
      const statement = `${name} loses ${few(servers, 3)}, on which ${lost.length} pods are placed`;
      return { path: now?.path ?? path, statement };
    });
  },
};
