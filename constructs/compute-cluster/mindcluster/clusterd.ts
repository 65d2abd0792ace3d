import { Construct } from 'constructs';
import { MANAGEMENT_NODE_LABELS } from '../../../core/accelerator';
import { MANAGED_BY } from '../../../core/names';
import { kubernetesObject } from '../../kubernetes-object';
import { SYSTEM_PRIORITY } from '../priorities';
import { ComponentAccess } from './access';
import { type ComponentProps, componentEntry } from './component';
import { CLUSTER_SYSTEM_NAMESPACE, MINDX_NAMESPACE } from './namespaces';
import {
  componentContainer,
  type HostMount,
  healthFlags,
  LOCALTIME,
  logSetup,
  podField,
  small,
  volumes,
} from './pod-parts';

/*
 * Sources are in brackets, all of Ascend/mind-cluster branch_v26.1.0: [yaml] is
 * `component/clusterd/build/clusterd.yaml`, `pkg/…` is below that component.
 */

const NAME = 'clusterd';
const LABELS = { app: NAME };
/** `hwMindX`: the user that the image runs as [docs 01_preparing_for_installation.md]. */
const USER = 9000;
const LOG = { path: 'mindx-dl/clusterd', owner: USER };

/** Health server [yaml, flag `--healthz-address`]; in the pod's own network. */
const HEALTH_PORT = 11253;

/** Reports of NodeD and of jobs [yaml, Service; pkg/common/constant/constants.go]. */
const GRPC_PORT = 8899;

const MOUNTS: readonly HostMount[] = [
  // Fault levels of the site, `publicCustomization.json` [yaml; pkg/common/constant/constants.go].
  { name: 'config', path: '/user1/mindx-dl/clusterd', type: 'DirectoryOrCreate' },
  // Findings about slow nodes [yaml, volume `slownode`;
  // component/ascend-faultdiag-online/…/slownode/constants/constants.go].
  { name: 'slow-nodes', path: '/user/slownode-cluster', type: 'DirectoryOrCreate' },
  // [yaml]
  LOCALTIME,
];

/**
 * CPUs and memory by nodes of the cluster (Ascend/mind-cluster
 * `installation_guide/01_environment_dependencies.md`); nothing is documented above 1,000 nodes, so
 * the largest size stands for them, too.
 */
function sizeFor(nodes: number) {
  if (nodes <= 100) return small({ cpu: '1', memory: '1Gi' });
  if (nodes <= 500) return small({ cpu: '2', memory: '2Gi' });
  return small({ cpu: '4', memory: '8Gi' });
}

export interface ClusterDProps extends ComponentProps {
  /** Nodes of the cluster, by which it is sized. */
  readonly nodes: number;
}

/**
 * ClusterD: one pod on a management server that gathers devices, faults and jobs. Volcano of
 * MindCluster does not schedule without it; NodeD and jobs reach it at
 * `clusterd-grpc-svc.mindx-dl.svc:8899`.
 */
export class ClusterD extends Construct {
  constructor(scope: Construct, id: string, { image, nodes, report }: ClusterDProps) {
    super(scope, id);
    this.addAccess();
    this.addConfig();
    const metadata = { namespace: MINDX_NAMESPACE, labels: { ...LABELS, ...MANAGED_BY } };
    const pod = {
      nodeSelector: { ...MANAGEMENT_NODE_LABELS },
      // Ours: management servers are often those of the control plane.
      tolerations: [
        { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule' },
      ],
      initContainers: [logSetup(image, LOG)],
      containers: [container(image, sizeFor(nodes))],
      priorityClassName: SYSTEM_PRIORITY,
      serviceAccountName: NAME,
      // What upstream's annotation for Kubernetes before 1.19 asks for [yaml].
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      volumes: volumes(MOUNTS),
    };
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...metadata, name: NAME },
      spec: {
        replicas: 1,
        selector: { matchLabels: LABELS },
        // Ours: two at a time would write the same ConfigMaps.
        strategy: { type: 'Recreate' },
        template: { metadata: { labels: LABELS }, spec: pod },
      },
    } as const;
    kubernetesObject(this, 'Resource', deployment, { waitForRollout: false });
    report(componentEntry(this, NAME, pod, 1));
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { ...metadata, name: 'clusterd-grpc-svc' },
      spec: {
        selector: LABELS,
        ports: [{ name: 'grpc', port: GRPC_PORT, targetPort: GRPC_PORT, protocol: 'TCP' }],
      },
    } as const;
    kubernetesObject(this, 'grpc', service, { waitForLoadBalancer: false });
  }

  private addAccess(): void {
    new ComponentAccess(this, 'access', {
      serviceAccount: NAME,
      namespace: MINDX_NAMESPACE,
      roleName: 'pods-clusterd-role',
      // Those of [yaml, ClusterRole] that something in the code asks for; the rest is left out. What an
      // informer reads needs `list` and `watch` alone [pkg/interface/kube/informer.go].
      rules: [
        // Annotations and labels of jobs' pods [pkg/interface/kube/kube_client.go].
        { resources: ['pods'], verbs: ['list', 'watch', 'patch'] },
        // What device plugin and NodeD report, and what it tells jobs and Volcano [same file].
        {
          resources: ['configmaps'],
          verbs: ['get', 'create', 'update', 'list', 'watch', 'delete', 'patch'],
        },
        // [same file; pkg/interface/kube/common.go]
        { resources: ['nodes'], verbs: ['get', 'list', 'patch', 'watch'] },
        { groups: ['batch.volcano.sh'], resources: ['jobs'], verbs: ['list', 'watch'] },
        // How far the recovery of a job is, annotations [pkg/interface/kube/volcano_client.go].
        {
          groups: ['scheduling.volcano.sh'],
          resources: ['podgroups'],
          verbs: ['get', 'list', 'watch', 'patch'],
        },
        { groups: ['mindxdl.gitee.com'], resources: ['ascendjobs'], verbs: ['list', 'watch'] },
        // Why a job failed [pkg/domain/statistics/job_collect_utils.go].
        { resources: ['events'], verbs: ['list'] },
      ],
    });
  }

  /**
   * NPUs with three faults in a day are set apart, and given back after two days without one [yaml,
   * ConfigMap].
   */
  private addConfig(): void {
    kubernetesObject(this, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'clusterd-config-cm',
        namespace: CLUSTER_SYSTEM_NAMESPACE,
        labels: { ...MANAGED_BY },
      },
      data: {
        'manually_separate_policy.conf': [
          'enabled: true',
          'separate:',
          '  fault_window_hours: 24',
          '  fault_threshold: 3',
          'release:',
          '  fault_free_hours: 48',
          '',
        ].join('\n'),
      },
    });
  }
}

function container(image: string, resources: ReturnType<typeof small>) {
  const flags = [
    // [yaml]
    `-logFile=/var/log/${LOG.path}/clusterd.log`,
    // 0: info [yaml; docs 06_clusterd.md].
    '-logLevel=0',
    ...healthFlags(HEALTH_PORT),
  ];
  return {
    ...componentContainer({
      name: NAME,
      image,
      start: `exec /usr/local/bin/clusterd ${flags.join(' ')}`,
      resources,
      // [yaml]
      health: {
        port: HEALTH_PORT,
        initialDelaySeconds: 10,
        periodSeconds: 10,
        timeoutSeconds: 3,
      },
      log: LOG,
      mounts: MOUNTS,
    }),
    // [yaml], with the user that its image has, so that nobody need trust the image.
    securityContext: {
      runAsUser: USER,
      runAsGroup: USER,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    ports: [{ name: 'grpc', containerPort: GRPC_PORT }],
    env: [
      // [yaml]
      podField('NODE_NAME', 'spec.nodeName'),
      // Address that it listens on [yaml; pkg/interface/grpc/grpc_init.go].
      podField('POD_IP', 'status.podIP'),
    ],
  };
}
