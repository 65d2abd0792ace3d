import { asksForNpus, POD_CREATION, POD_UPDATE, podList, textList } from '../cel';
import type { AdmissionPolicy } from '../policy';

export const npuServers: AdmissionPolicy = {
  id: 'AICC-POL-012',
  name: 'npu-servers',
  title: 'pods without NPUs on NPU servers, but in namespaces that the cluster names',
  why:
    'A pod without NPUs on an NPU server takes CPUs and memory from those that have them, and ' +
    'the Ascend runtime there believes what its image says of devices. The taint keeps pods ' +
    'away that do not tolerate it; a toleration may be added to a pod that waits. The kubelet ' +
    'holds a pod that names its node to no taint with the effect NoSchedule (k8s.io/kubernetes ' +
    'v1.34.4 `pkg/kubelet/lifecycle/predicate.go`). Namespaces with access to hosts may have ' +
    'something on each server.',
  rules: [POD_CREATION, POD_UPDATE],
  exemptNamespaces: ({ hostAccessNamespaces }) => hostAccessNamespaces,
  body: ({ npuCounts }) => {
    const names = Object.keys(npuCounts);
    return {
      matchConditions: [{ name: 'asks-for-no-npus', expression: `!(${asksForNpus(names)})` }],
      variables: [
        {
          name: 'oldTolerated',
          expression: `request.operation == "UPDATE" ? ${tolerated('oldObject', names)} : []`,
        },
      ],
      checks: [
        {
          rule: 'pods without NPUs do not tolerate the taint of NPU servers; remove the toleration',
          offenders: `(${tolerated('object', names)}).filter(t, !(t in variables.oldTolerated))`,
        },
        {
          rule: 'pods without NPUs do not name their node; use a nodeSelector',
          offenders:
            'request.operation == "CREATE" ? [object.spec.?nodeName.orValue("")].filter(n, n != "") : []',
        },
      ],
    };
  },
};

/** Keys of tolerations that hold for the taint of NPU servers, which has the effect NoSchedule. */
function tolerated(root: 'object' | 'oldObject', names: readonly string[]): string {
  const key = 't.?key.orValue("")';
  const holds = `${key} in ${textList(['', ...names])} && t.?effect.orValue("") in ["", "NoSchedule"]`;
  return `${podList(root, 'tolerations')}.filter(t, ${holds}).map(t, ${key} == "" ? "every taint" : ${key})`;
}
