import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import { Construct } from 'constructs';
import type { ComponentFile } from '../../../core/accelerator/mindcluster-components';
import { type ComponentEntry, quantity, quantityGib, sum } from '../../../core/capacity';
import { MANAGED_BY } from '../../../core/names';
import { kubernetesObject } from '../../kubernetes-object';
import { kubernetesMinor } from '../kubernetes-version';
import { componentPod, type PodProps } from './pod';

/** What every component is given. */
export interface ComponentProps extends PodProps {
  /** Release of Kubernetes, `1.34`. */
  readonly kubernetesVersion: string;
  /** Told what the component's pods ask for, so that the cluster can count them. */
  readonly report: (entry: ComponentEntry) => void;
}

/** A component of MindCluster: its rights, and its pods on every NPU server or on a management server. */
export class Component extends Construct {
  constructor(scope: Construct, id: string, file: ComponentFile, props: ComponentProps) {
    super(scope, id);
    this.addAccess(file, kubernetesMinor(props.kubernetesVersion));
    const { name, namespace, runsOn } = file;
    const labels = { ...file.labels };
    const pod = componentPod(file, props);
    const common = {
      apiVersion: 'apps/v1',
      metadata: { name, namespace, labels: { ...labels, ...MANAGED_BY } },
    };
    const spec = {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: pod },
    };
    if (runsOn === 'npu-servers') {
      // A tenth of the servers is updated at a time.
      const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } };
      const set = { ...common, kind: 'DaemonSet', spec: { ...spec, updateStrategy } } as const;
      kubernetesObject(this, 'Resource', set, { waitForRollout: false });
      props.report(componentEntry(this, name, pod));
    } else {
      // Ours: two at a time would write the same ConfigMaps.
      const strategy = { type: 'Recreate' };
      const one = {
        ...common,
        kind: 'Deployment',
        spec: { ...spec, replicas: 1, strategy },
      } as const;
      kubernetesObject(this, 'Resource', one, { waitForRollout: false });
      props.report(componentEntry(this, name, pod, 1));
    }
  }

  /** A service account, and what it may do in the whole cluster. */
  private addAccess({ access, namespace }: ComponentFile, minor: number): void {
    if (!access) return;
    const scope = new Construct(this, 'access');
    const { serviceAccount: account, roleName } = access;
    const labels = { ...MANAGED_BY };
    kubernetesObject(scope, 'account', {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: account, namespace, labels },
    });
    kubernetesObject(scope, 'role', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: roleName, labels },
      rules: access.rules
        .filter(
          ({ sinceMinor = 0, untilMinor = minor }) => sinceMinor <= minor && minor <= untilMinor,
        )
        .map(({ groups = [''], resources, verbs }) => ({ apiGroups: groups, resources, verbs })),
    });
    kubernetesObject(scope, 'binding', {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: roleName, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: roleName },
      subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
    });
  }
}

/**
 * What is counted of a component's pods. A pod asks for the sum of its containers, or for its largest init container
 * where that is more.
 * @param replicas undefined for one on every server that it selects
 */
function componentEntry(
  scope: Construct,
  name: string,
  { containers, initContainers = [], nodeSelector = {}, tolerations = [] }: V1PodSpec,
  replicas?: number,
): ComponentEntry {
  const asked = (amount: (requests: Record<string, string>) => number) => {
    const of = ({ resources }: V1Container) => amount(resources?.requests ?? {});
    return Math.max(sum(containers.map(of)), ...initContainers.map(of));
  };
  return {
    path: scope.node.path,
    name,
    ...(replicas === undefined ? {} : { replicas }),
    podCpus: asked(({ cpu = '0' }) => quantity(cpu)),
    podMemoryGib: asked(({ memory = '0' }) => quantityGib(memory)),
    nodeSelector,
    tolerations,
  };
}
