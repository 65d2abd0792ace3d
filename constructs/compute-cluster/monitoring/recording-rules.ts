import { perObject, ratePerObject } from '../../../core/monitoring/per-object';
import { GROUP_SUFFIX } from '../../../core/names';
import type { NpuResource } from './npu-resources';
import { type RecordingRule, type RuleGroup, type RulesInput, resourceMatcher } from './rule';

/** Label that kube-state-metrics makes of `aicc.internal/model`, once its allow-list has it. */
export const MODEL_LABEL = 'label_aicc_internal_model';

/** Services of servings: those that have a model. */
export const MODEL_SERVICES = perObject('kube_service_labels', `${MODEL_LABEL}!=""`);

/** Container of a pod that vLLM serves in; only such pods have the metrics of vLLM. */
export const VLLM_CONTAINER = 'vllm';

/** Containers of serving pods: vLLM, or one of the site's. */
export const SERVING_CONTAINERS = [VLLM_CONTAINER, 'model'] as const;

/**
 * Figures that alerts and dashboards share. `resource` is spelt as kube-state-metrics does
 * (`huawei_com_Ascend910`); a tenant is its namespace; peaks are dense FP16.
 */
export function recordingRules(input: RulesInput): RuleGroup[] {
  return [
    group('aicc-capacity', input, capacityRules(input)),
    group('aicc-tenants', input, tenantRules(input)),
    group('aicc-servings', input, servingRules(input)),
    ...(input.gateway ? [group('aicc-gateway', input, GATEWAY_RULES)] : []),
  ];
}

interface Recording {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

function group(name: string, input: RulesInput, rules: readonly Recording[]): RuleGroup {
  return {
    name,
    rules: rules.map(
      ({ record, expr, labels }): RecordingRule => ({
        record,
        expr,
        labels: { cluster: input.clusterName, ...labels },
      }),
    ),
  };
}

/** One rule a resource: a constant has no label of its own. */
function declared(record: string, value: (resource: NpuResource) => number) {
  return (resource: NpuResource): Recording => ({
    record,
    expr: `vector(${value(resource)})`,
    labels: { resource: resource.label },
  });
}

/** NPUs times the peak of the chip behind their resource name, in petaflops. */
function inPetaflops(record: string, npus: string) {
  return ({ label, tflopsPerNpu }: NpuResource): Recording => ({
    record,
    expr: `${npus}{resource="${label}"} * ${tflopsPerNpu} / 1000`,
    // As in the expression; a rule file may not hold two rules that differ in that alone.
    labels: { resource: label },
  });
}

function capacityRules({ resources }: RulesInput): Recording[] {
  const npus = resourceMatcher(resources);
  return [
    ...resources.map(declared('aicc:cluster_npus_declared:sum', (r) => r.inServiceNpus)),
    ...resources.map(declared('aicc:cluster_petaflops_declared:sum', (r) => r.inServicePetaflops)),
    {
      // A node that is not ready keeps its last status, and with it NPUs that nobody can use.
      record: 'aicc:cluster_npus_allocatable:sum',
      expr: `sum by (resource) (
  ${perObject('kube_node_status_allocatable', npus)}
  and on (node) (kube_node_status_condition{condition="Ready", status="true"} == 1)
)`,
    },
    {
      record: 'aicc:tenant_npus_in_use:sum',
      expr: `sum by (namespace, resource) (
  ${perObject('kube_pod_container_resource_requests', npus)}
  and on (namespace, pod) (kube_pod_status_phase{phase="Running"} == 1)
)`,
    },
    {
      // Zero only where kube-state-metrics tells of NPUs: silence must not look like an idle cluster.
      record: 'aicc:cluster_npus_in_use:sum',
      expr: `sum by (resource) (aicc:tenant_npus_in_use:sum)
or on (resource) 0 * aicc:cluster_npus_allocatable:sum`,
    },
    ...resources.map(
      inPetaflops('aicc:tenant_petaflops_in_use:sum', 'aicc:tenant_npus_in_use:sum'),
    ),
    ...resources.map(
      inPetaflops('aicc:cluster_petaflops_in_use:sum', 'aicc:cluster_npus_in_use:sum'),
    ),
    {
      // The 310P has DDR and no HBM; the 910A tells of both, and of those the HBM is its device memory.
      record: 'aicc:npu_memory_used:ratio',
      expr: `${perObject('npu_chip_info_hbm_used_memory')} / (${perObject('npu_chip_info_hbm_total_memory')} > 0)
or ${perObject('npu_chip_info_used_memory')} / (${perObject('npu_chip_info_total_memory')} > 0)`,
    },
  ];
}

/** The quota of a tenant's namespace; its `resource` is as Kubernetes writes it, with `requests.`. */
function tenantRules({ resources }: RulesInput): Recording[] {
  const quota = (type: string) =>
    perObject(
      'kube_resourcequota',
      `resourcequota="tenant", ${asWritten(resources, 'requests.')}, type="${type}"`,
    );
  return [
    {
      record: 'aicc:tenant_npus_quota:sum',
      expr: `sum by (namespace, resource) (${quota('hard')} > 0)`,
    },
    {
      record: 'aicc:tenant_npus_quota_used:ratio',
      expr: `sum by (namespace, resource) (${quota('used')}) / (sum by (namespace, resource) (${quota('hard')}) > 0)`,
    },
    {
      record: 'aicc:queue_pod_groups_waiting:sum',
      expr: `${perObject('volcano_queue_pod_group_pending_count')} + ${perObject('volcano_queue_pod_group_inqueue_count')}`,
    },
    {
      record: 'aicc:queue_pod_groups_running:sum',
      expr: perObject('volcano_queue_pod_group_running_count'),
    },
    {
      // NPUs of pods that run or wait; a queue that has none keeps its last figure.
      record: 'aicc:queue_npus_requested:sum',
      expr: `(${perObject('volcano_queue_request_scalar_resources', asWritten(resources))} / 1000)
and on (queue_name) (aicc:queue_pod_groups_waiting:sum + aicc:queue_pod_groups_running:sum > 0)`,
    },
  ];
}

/** Matcher of NPU resources where they are spelt as Kubernetes does, behind a prefix. */
function asWritten(resources: readonly NpuResource[], prefix = ''): string {
  const names = resources.map(({ name }) => `${prefix}${name}`.replace(/\./g, '\\\\.'));
  return `resource=~"${names.join('|')}"`;
}

function servingRules({ resources, thresholds }: RulesInput): Recording[] {
  return [
    {
      record: 'aicc:serving_replicas_desired:sum',
      expr: ofServings('kube_deployment_spec_replicas', 'kube_statefulset_replicas'),
    },
    {
      record: 'aicc:serving_replicas_available:sum',
      expr: ofServings(
        'kube_deployment_status_replicas_available',
        'kube_statefulset_status_replicas_ready',
      ),
    },
    {
      record: 'aicc:serving_pods_starting:count',
      expr: startingServingPods(resources, thresholds.servingStart),
    },
  ];
}

/** Pods of servings that are in their first start, by serving: not ready, and not older than it may take. */
function startingServingPods(resources: readonly NpuResource[], minutes: number): string {
  const pods = perObject('kube_pod_status_ready', 'condition="false"');
  return unready(resources, `(${pods} == 1)`, `< ${minutes * 60}`);
}

/**
 * Pods of servings that have not been ready for longer than a start may take, by serving: since they were
 * made, or since they last were. The start of the container would not do: one that crashes again and
 * again starts all the time, and one that is not ready for a moment may have started days ago.
 */
export function stuckServingPods(resources: readonly NpuResource[], minutes: number): string {
  // By all who tell of a pod: one that has come just now knows of a moment only.
  const pods = perObject('kube_pod_status_ready', 'condition="false"', {
    read: (series) => `min_over_time(${series}[${minutes}m])`,
    counts: 'min',
  });
  return unready(resources, `(${pods} == 1)`, `> ${minutes * 60}`);
}

/** @param age comparison with the seconds since a pod was started on its node */
function unready(resources: readonly NpuResource[], pods: string, age: string): string {
  // Evicted pods are not ready, either, and stay as Failed.
  return countByServing(`${pods}
    and on (namespace, pod) (time() - ${perObject('kube_pod_start_time')} ${age})
    and on (namespace, pod) (kube_pod_status_phase{phase=~"Pending|Running"} == 1)
    and on (namespace, pod) kube_pod_container_resource_requests{container=~"${SERVING_CONTAINERS.join('|')}", ${resourceMatcher(resources)}}`);
}

/** Servings that vLLM runs: those that should have its metrics. */
export function vllmServings(resources: readonly NpuResource[]): string {
  return countByServing(
    perObject(
      'kube_pod_container_resource_requests',
      `container="${VLLM_CONTAINER}", ${resourceMatcher(resources)}`,
    ),
  );
}

/**
 * Pods are named <deployment>-<hash>-<suffix>; those of groups <serving>-group-<group> for the first and
 * <serving>-group-<group>-<worker> for the others. What else has such names and containers has no Service
 * with a model, and falls out.
 */
function countByServing(pods: string): string {
  return `count by (namespace, serving) (
  label_replace(
    ${pods},
    "serving", "$1", "pod", "(.+?)-(?:${GROUP_SUFFIX.slice(1)}-[0-9]+(?:-[0-9]+)?|[a-z0-9]+-[a-z0-9]+)"
  )
)
and on (namespace, serving) label_replace(${MODEL_SERVICES}, "serving", "$1", "service", "(.+)")`;
}

/**
 * A figure of Deployments, or of groups, by serving and model. A Deployment is called like the Service of
 * its serving, which has the model; the first pods of all groups are one StatefulSet that is called like
 * their LeaderWorkerSet. What has no such Service falls out.
 */
function ofServings(deployments: string, statefulSets: string): string {
  return `sum by (namespace, serving, model) (
  label_replace(
    label_replace(
      (
        label_replace(${perObject(deployments)}, "service", "$1", "deployment", "(.+)")
        or label_replace(${perObject(statefulSets, `statefulset=~".+${GROUP_SUFFIX}"`)}, "service", "$1", "statefulset", "(.+)${GROUP_SUFFIX}")
      )
      * on (namespace, service) group_left (${MODEL_LABEL})
      ${MODEL_SERVICES},
      "serving", "$1", "service", "(.+)"
    ),
    "model", "$1", "${MODEL_LABEL}", "(.+)"
  )
)`;
}

const GATEWAY_REQUESTS = `sum by (envoy_cluster_name) (${ratePerObject('envoy_cluster_upstream_rq_total', '5m')})`;

const GATEWAY_RULES: readonly Recording[] = [
  { record: 'aicc:gateway_requests:rate5m', expr: GATEWAY_REQUESTS },
  {
    // A cluster without 5xx has no such series: that is a ratio of zero, not an unknown one.
    record: 'aicc:gateway_request_errors:ratio_rate5m',
    expr: `(
  sum by (envoy_cluster_name) (${ratePerObject('envoy_cluster_upstream_rq_xx', '5m', 'envoy_response_code_class="5"')})
  or 0 * ${GATEWAY_REQUESTS}
)
/ (${GATEWAY_REQUESTS} > 0)`,
  },
];
