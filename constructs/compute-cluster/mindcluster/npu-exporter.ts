import { Construct } from 'constructs';
import { MANAGED_BY } from '../../../core/names';
import { namespaceCalled } from '../../../core/network-peers';
import { kubernetesObject } from '../../kubernetes-object';
import { SYSTEM_PRIORITY } from '../priorities';
import type { ComponentProps } from './component';
import { addDaemonSet } from './daemon-set';
import { NPU_EXPORTER_NAMESPACE } from './namespaces';
import {
  componentContainer,
  DRIVER,
  type HostMount,
  healthFlags,
  LOCALTIME,
  small,
} from './pod-parts';

/*
 * Sources are in brackets, all of Ascend/mind-cluster branch_v26.1.0: [yaml] is
 * `component/npu-exporter/build/npu-exporter.yaml`, other paths are below that component.
 */

const NAME = 'npu-exporter';
const LABELS = { app: NAME };
const LOG = { path: 'mindx-dl/npu-exporter', owner: 0 };

/** Metrics [yaml, flag `-port`]; in the pod's own network. */
const METRICS_PORT = 8082;

/** Health server [yaml, flag `--healthz-address`]; likewise. */
const HEALTH_PORT = 11256;

const MOUNTS: readonly HostMount[] = [
  // [yaml]
  DRIVER,
  // Device management library through which metrics are read [yaml; docs references/appendix.md].
  { name: 'dcmi', path: '/usr/local/dcmi', readOnly: true },
  // Socket of the container runtime: which container has which NPU [yaml;
  // collector/container/runtime_ops.go]. Those of docker and isula are upstream's for other runtimes.
  { name: 'containerd', path: '/run/containerd', readOnly: true },
  // [yaml]
  { name: 'tmp', path: '/tmp' },
  // [yaml]
  LOCALTIME,
];

export interface NpuExporterProps extends ComponentProps {
  /** Namespace whose pods may read the metrics. */
  readonly monitoringNamespace: string;
}

/**
 * NPU Exporter: a pod on every NPU server with metrics of its NPUs, closed to all but the
 * monitoring namespace. It has no access to the API server.
 */
export class NpuExporter extends Construct {
  constructor(scope: Construct, id: string, props: NpuExporterProps) {
    super(scope, id);
    this.closeNetwork(props.monitoringNamespace);
    addDaemonSet(this, {
      name: NAME,
      namespace: NPU_EXPORTER_NAMESPACE,
      labels: LABELS,
      ...props,
      log: LOG,
      mounts: MOUNTS,
      pod: {
        priorityClassName: SYSTEM_PRIORITY,
        // [yaml]
        automountServiceAccountToken: false,
        containers: [container(props.image)],
      },
    });
  }

  /** Upstream admits whatever calls itself `app: prometheus`, in any namespace. */
  private closeNetwork(monitoring: string) {
    kubernetesObject(this, 'network', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: NAME,
        namespace: NPU_EXPORTER_NAMESPACE,
        labels: { ...LABELS, ...MANAGED_BY },
      },
      spec: {
        podSelector: { matchLabels: LABELS },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          {
            from: [namespaceCalled(monitoring)],
            ports: [{ port: METRICS_PORT, protocol: 'TCP' }],
          },
        ],
      },
    });
  }
}

function container(image: string) {
  const flags = [
    // [yaml]
    `-port=${METRICS_PORT}`,
    // All addresses of the pod [yaml]; the network policy decides who reaches them.
    '-ip=0.0.0.0',
    // [yaml]
    `-logFile=/var/log/${LOG.path}/npu-exporter.log`,
    // 0: info [yaml; docs 03_npu_exporter.md].
    '-logLevel=0',
    // Upstream's default is docker [docs 03_npu_exporter.md].
    '-containerMode=containerd',
    ...healthFlags(HEALTH_PORT),
  ];
  return {
    ...componentContainer({
      name: NAME,
      image,
      // Files for nobody else [yaml].
      start: `umask 027; exec npu-exporter ${flags.join(' ')}`,
      // [yaml]
      resources: small({ cpu: '1', memory: '1000Mi' }),
      // [yaml]
      health: { port: HEALTH_PORT, initialDelaySeconds: 20 },
      log: LOG,
      mounts: MOUNTS,
    }),
    // Reads devices and the runtime's socket; the documentation asks for root and a privileged container
    // [yaml; docs 01_preparing_for_installation.md, "Component user description"].
    securityContext: {
      privileged: true,
      readOnlyRootFilesystem: true,
      runAsUser: 0,
      runAsGroup: 0,
    },
    ports: [{ name: 'http', containerPort: METRICS_PORT, protocol: 'TCP' }],
  };
}
