import type { V1PodSpec } from '@kubernetes/client-node';
import type { Construct } from 'constructs';
import { WORKER_NODE_LABELS } from '../../../core/accelerator';
import { MANAGED_BY } from '../../../core/names';
import { kubernetesObject } from '../../kubernetes-object';
import { type ComponentProps, componentEntry } from './component';
import { type HostMount, type LogFolder, logSetup, npuTolerations, volumes } from './pod-parts';

export interface DaemonSetProps extends ComponentProps {
  readonly name: string;
  readonly namespace: string;
  /** Labels by which the pods are found. */
  readonly labels: Readonly<Record<string, string>>;
  readonly log: LogFolder;
  readonly mounts: readonly HostMount[];
  /** What else the pods have, their container among it. */
  readonly pod: V1PodSpec;
}

/** A pod on every NPU server; a tenth of the servers is updated at a time. */
export function addDaemonSet(scope: Construct, props: DaemonSetProps): void {
  const { name, namespace, image, resourceNames, log, mounts, pod } = props;
  const labels = { ...props.labels };
  const spec = {
    nodeSelector: { ...WORKER_NODE_LABELS },
    tolerations: npuTolerations(resourceNames),
    initContainers: [logSetup(image, log)],
    volumes: volumes(mounts),
    ...pod,
  };
  const object = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace, labels: { ...labels, ...MANAGED_BY } },
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      template: { metadata: { labels }, spec },
    },
  } as const;
  kubernetesObject(scope, 'Resource', object, { waitForRollout: false });
  props.report(componentEntry(scope, name, spec));
}
