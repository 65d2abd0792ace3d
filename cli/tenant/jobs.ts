import {
  npuPodAnnotations,
  npuToleration,
  SERVER_FORMS,
  type ServerFormId,
  visibleDevices,
} from '../../core/accelerator';
import type { PoolEntry, TenantEntry } from '../../core/capacity';
import { imageFor } from '../../core/serving/image';
import type { KubernetesObject } from '../manifests/render';

/** What a job has to keep to. */
type Allowed = Pick<
  TenantEntry,
  'namespace' | 'resourceName' | 'priorityClasses' | 'imagePrefixes'
>;

const NAME = 'first-job';

/**
 * A first job on one NPU that lists it, twice: as a Job of Kubernetes and as one of Volcano. Both keep to
 * the strictest Pod Security level and to the policies of the cluster.
 * @param pool of the resource name
 */
export function exampleJobs(
  tenant: Allowed,
  pool: PoolEntry | undefined,
): [KubernetesObject, KubernetesObject] {
  const { namespace } = tenant;
  const metadata = { name: NAME, namespace };
  const priority = priorityOf(tenant.priorityClasses);
  const template = {
    metadata: { annotations: npuPodAnnotations(schedulePolicy(pool), namespace) },
    spec: { schedulerName: 'volcano', ...priority, ...podSpec(tenant, pool) },
  };
  return [
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata,
      spec: {
        backoffLimit: 0,
        activeDeadlineSeconds: 3600,
        template,
      },
    },
    {
      apiVersion: 'batch.volcano.sh/v1alpha1',
      kind: 'Job',
      metadata,
      spec: {
        schedulerName: 'volcano',
        queue: namespace,
        minAvailable: 1,
        maxRetry: 1,
        ...priority,
        tasks: [{ name: 'main', replicas: 1, template }],
      },
    },
  ];
}

function schedulePolicy(pool: PoolEntry | undefined): string | undefined {
  return pool && SERVER_FORMS[pool.serverForm as ServerFormId]?.schedulePolicy;
}

function priorityOf(classes: readonly string[]) {
  const priorityClassName = classes.includes('batch') ? 'batch' : classes[0];
  return priorityClassName ? { priorityClassName } : {};
}

function podSpec({ resourceName, imagePrefixes }: Allowed, pool: PoolEntry | undefined) {
  return {
    restartPolicy: 'Never',
    tolerations: [npuToleration(resourceName)],
    securityContext: {
      runAsNonRoot: true,
      // HwHiAiUser, to whom the files of the driver belong (docs/hosts.md).
      runAsUser: 1000,
      runAsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'main',
        image: allowedImage(imageFor(pool?.accelerator ?? ''), imagePrefixes),
        command: ['npu-smi', 'info'],
        env: [visibleDevices(resourceName)],
        resources: { limits: { [resourceName]: '1' } },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
  };
}

/** The image where the tenant may take it from; the page says that it has to be copied there. */
function allowedImage(image: string, prefixes: readonly string[] | undefined): string {
  const [first] = prefixes ?? [];
  if (first === undefined || prefixes?.some((prefix) => image.startsWith(prefix))) return image;
  return `${first}${image.split('/').at(-1)}`;
}
