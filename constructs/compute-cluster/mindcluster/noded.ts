import { Construct } from 'constructs';
import { SYSTEM_PRIORITY } from '../priorities';
import { ComponentAccess } from './access';
import type { ComponentProps } from './component';
import { addDaemonSet } from './daemon-set';
import { MINDX_NAMESPACE } from './namespaces';
import {
  componentContainer,
  DRIVER,
  type HostMount,
  healthFlags,
  LOCALTIME,
  podField,
  small,
} from './pod-parts';

const NAME = 'noded';
const LABELS = { app: NAME };
const LOG = { path: 'mindx-dl/noded', owner: 0 };
const HEALTH_PORT = 11255;

/** Source of everything here: Ascend/mind-cluster 26.1.0 `noded/build/noded.yaml`. */
const MOUNTS: readonly HostMount[] = [
  DRIVER,
  // Hardware faults of the host.
  { name: 'dev', path: '/dev', type: 'Directory' },
  // Results of reachability tests between NPUs.
  { name: 'pingmesh', path: '/user/mind-cluster/pingmesh', type: 'DirectoryOrCreate' },
  // Profiling data by which slow nodes are found.
  { name: 'profiling', path: '/user/cluster-info/profiling', type: 'DirectoryOrCreate' },
  LOCALTIME,
];

/** NodeD: a pod on every NPU server that reports faults of the host to ClusterD. */
export class NodeD extends Construct {
  constructor(scope: Construct, id: string, props: ComponentProps) {
    super(scope, id);
    const { image } = props;
    new ComponentAccess(this, 'access', {
      serviceAccount: NAME,
      namespace: MINDX_NAMESPACE,
      roleName: 'pods-noded-role',
      rules: [
        {
          resources: ['configmaps'],
          verbs: ['get', 'create', 'update', 'list', 'watch', 'delete'],
        },
        { resources: ['nodes'], verbs: ['get', 'list', 'patch'] },
        { resources: ['pods'], verbs: ['get', 'list', 'watch', 'patch'] },
        { groups: ['apps'], resources: ['daemonsets'], verbs: ['get'] },
      ],
    });
    addDaemonSet(this, {
      name: NAME,
      namespace: MINDX_NAMESPACE,
      labels: LABELS,
      ...props,
      log: LOG,
      mounts: MOUNTS,
      pod: {
        priorityClassName: SYSTEM_PRIORITY,
        serviceAccountName: NAME,
        // Tests the host's own network; cluster names are still resolved.
        hostNetwork: true,
        dnsPolicy: 'ClusterFirstWithHostNet',
        container: [container(image)],
      },
    });
  }
}

function container(image: string) {
  const flags = [
    `-logFile=/var/log/${LOG.path}/noded.log`,
    '-logLevel=0',
    ...healthFlags(HEALTH_PORT),
  ];
  return {
    ...componentContainer({
      name: NAME,
      image,
      start: `exec /usr/local/bin/noded ${flags.join(' ')}`,
      resources: small({ cpu: '500m', memory: '300Mi' }),
      health: { port: HEALTH_PORT, initialDelaySeconds: 20 },
      log: LOG,
      mounts: MOUNTS,
    }),
    // Reads hardware; the documentation asks for a privileged container
    // (01_preparing_for_installation.md, "Component user description").
    securityContext: { privileged: true },
    env: [podField('NODE_NAME', 'spec.nodeName'), podField('XDL_IP', 'status.hostIP')],
  };
}
