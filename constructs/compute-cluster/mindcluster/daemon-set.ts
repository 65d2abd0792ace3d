import {
  DaemonSetV1,
  type DaemonSetV1SpecTemplateSpec,
} from '@cdktf/provider-kubernetes/lib/daemon-set-v1';
import type { Construct } from 'constructs';
import { WORKER_NODE_LABELS } from '../../../core/accelerator';
import type { Toleration } from '../../../core/capacity';
import { MANAGED_BY } from '../../../core/names';
import { type ComponentProps, type CountedPod, componentEntry } from './component';
import { type HostMount, type LogFolder, logSetup, npuTolerations, volumes } from './pod-parts';

export interface DaemonSetProps extends ComponentProps {
  readonly name: string;
  readonly namespace: string;
  /** Labels by which the pods are found. */
  readonly labels: Readonly<Record<string, string>>;
  readonly log: LogFolder;
  readonly mounts: readonly HostMount[];
  /** What else the pods have, their container among it. */
  readonly pod: Omit<DaemonSetV1SpecTemplateSpec, 'initContainer' | 'toleration'> &
    Pick<CountedPod, 'container'> & {
      readonly toleration?: Omit<Toleration, 'tolerationSeconds'>[];
    };
}

/** A pod on every NPU server; a tenth of the servers is updated at a time. */
export function addDaemonSet(scope: Construct, props: DaemonSetProps): void {
  const { name, namespace, image, resourceNames, log, mounts, pod } = props;
  const labels = { ...props.labels };
  const spec = {
    nodeSelector: { ...WORKER_NODE_LABELS },
    toleration: npuTolerations(resourceNames),
    initContainer: [logSetup(image, log)],
    volume: volumes(mounts),
    ...pod,
  };
  new DaemonSetV1(scope, 'Resource', {
    metadata: { name, namespace, labels: { ...labels, ...MANAGED_BY } },
    waitForRollout: false,
    spec: {
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
      template: { metadata: { labels }, spec },
    },
  });
  props.report(componentEntry(scope, { ...spec, name }));
}
