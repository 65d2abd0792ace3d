import type { ClusterProof } from '../proof';

export const peersAgree: ClusterProof = {
  id: 'AICC-TEN-004',
  level: 'error',
  title: 'peers exist and name each other',
  why:
    'A connection between tenants is open only where both ask for it: one alone would wait for ' +
    'nothing.',
  check({ cluster }) {
    const { tenants, name } = cluster;
    return tenants.flatMap(({ path, namespace, peers = [] }) =>
      peers.map((peer) => {
        const other = tenants.find((entry) => entry.namespace === peer);
        const holds = other?.peers?.includes(namespace) ?? false;
        const found = `1 tenant of ${tenants.length} on ${name}`;
        return {
          path,
          holds,
          statement: other
            ? `${peer}, ${found}, ${holds ? 'names' : 'does not name'} ${namespace}`
            : `${peer}, none of ${tenants.length} tenants on ${name}`,
          remedy: other
            ? `name ${namespace} among the peers of ${peer}, or remove the peer`
            : `use one of ${tenants.map((entry) => entry.namespace).join(', ')}, or remove the peer`,
        };
      }),
    );
  },
};
