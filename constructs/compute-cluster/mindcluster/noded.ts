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

/*
 * Sources are in brackets, all of Ascend/mind-cluster branch_v26.1.0: [yaml] is
 * `component/noded/build/noded.yaml`, `pkg/…` is below that component.
 */

const NAME = 'noded';
const LABELS = { app: NAME };
const LOG = { path: 'mindx-dl/noded', owner: 0 };

/** Health server [yaml, flag `--healthz-address`]; on the network of the host, so it must be free there. */
const HEALTH_PORT = 11255;

const MOUNTS: readonly HostMount[] = [
  // [yaml]
  DRIVER,
  // Hardware faults of the host, by IPMI [yaml; pkg/common/constants.go, PluginMonitorIpmi].
  { name: 'dev', path: '/dev', type: 'Directory' },
  // Results of reachability tests between NPUs [yaml; pkg/pingmesh/consts/const.go].
  { name: 'pingmesh', path: '/user/mind-cluster/pingmesh', type: 'DirectoryOrCreate' },
  // Profiling data by which slow nodes are found [yaml, volume `slownode`;
  // component/ascend-faultdiag-online/…/slownode/constants/constants.go].
  { name: 'profiling', path: '/user/cluster-info/profiling', type: 'DirectoryOrCreate' },
  // [yaml]
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
      // Those of [yaml, ClusterRole] that something in the code asks for; the rest is left out.
      rules: [
        // What it has found, for ClusterD [pkg/kubeclient/kubeclient.go,
        // pkg/reporter/cmreporter/configmap_reporter.go; informers of pkg/watcher, pkg/pingmesh].
        {
          resources: ['configmaps'],
          verbs: ['get', 'create', 'update', 'list', 'watch', 'delete'],
        },
        // Serial number of its own node, an annotation [pkg/control/controller_manager.go].
        { resources: ['nodes'], verbs: ['get', 'patch'] },
        // Pods of its own node whose containers are to be kept as snapshots
        // [pkg/containersnapshot/pod_monitor.go].
        { resources: ['pods'], verbs: ['list', 'watch', 'patch'] },
        // Its own DaemonSet, as owner of those ConfigMaps [pkg/reporter/cmreporter/configmap_reporter.go].
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
        // [yaml]
        hostNetwork: true,
        // Ours: it reports to `clusterd-grpc-svc.mindx-dl.svc.cluster.local:8899`, a name that the host's own
        // DNS does not know [pkg/reporter/publicfault/grpc_reporter.go].
        dnsPolicy: 'ClusterFirstWithHostNet',
        containers: [container(image)],
      },
    });
  }
}

function container(image: string) {
  const flags = [
    // [yaml]
    `-logFile=/var/log/${LOG.path}/noded.log`,
    // 0: info [yaml].
    '-logLevel=0',
    ...healthFlags(HEALTH_PORT),
  ];
  return {
    ...componentContainer({
      name: NAME,
      image,
      start: `exec /usr/local/bin/noded ${flags.join(' ')}`,
      // [yaml]
      resources: small({ cpu: '500m', memory: '300Mi' }),
      // [yaml]
      health: { port: HEALTH_PORT, initialDelaySeconds: 20 },
      log: LOG,
      mounts: MOUNTS,
    }),
    // Reads hardware; the documentation asks for root and a privileged container [yaml; docs
    // 01_preparing_for_installation.md, "Component user description"].
    securityContext: { privileged: true },
    env: [
      // [yaml; pkg/kubeclient/kubeclient.go]
      podField('NODE_NAME', 'spec.nodeName'),
      // By which its ranks are found among slow ones [yaml;
      // component/ascend-faultdiag-online/pkg/algo_src/slownode/utils/ranktable.go].
      podField('XDL_IP', 'status.hostIP'),
    ],
  };
}
