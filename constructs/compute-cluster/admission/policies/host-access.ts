import { POD_CREATION, podList } from '../cel';
import type { AdmissionPolicy } from '../policy';

/** None of these fields can change later, and ephemeral containers have no ports. */
export const hostAccess: AdmissionPolicy = {
  id: 'AICC-POL-008',
  name: 'host-access',
  title: 'network, ports and folders of the host, but in namespaces that the cluster names',
  why:
    'Network, ports and folders of the host belong to the centre. A serving over several ' +
    "servers may need the host's network, so a cluster can name namespaces that have it.",
  rules: [POD_CREATION],
  exemptNamespaces: ({ hostAccessNamespaces }) => hostAccessNamespaces,
  body: () => ({
    checks: [
      {
        rule: 'pods do not use the network of the host in this namespace; remove hostNetwork',
        offenders: 'object.spec.?hostNetwork.orValue(false) ? ["hostNetwork"] : []',
      },
      {
        rule: 'containers do not use ports of the host in this namespace; remove hostPort',
        offenders: ['containers', 'initContainers']
          .map(
            (field) =>
              `${podList('object', field)}.filter(c, c.?ports.orValue([]).exists(p, p.?hostPort.orValue(0) > 0)).map(c, c.name)`,
          )
          .join(' + '),
      },
      {
        rule: 'pods do not mount folders of the host in this namespace; use a volume of another type',
        offenders: `${podList('object', 'volumes')}.filter(v, has(v.hostPath)).map(v, v.hostPath.path)`,
      },
    ],
  }),
};
