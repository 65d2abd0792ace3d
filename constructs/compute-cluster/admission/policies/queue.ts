import { QUEUE_ANNOTATION } from '../../../../core/accelerator';
import { TENANT_ANNOTATIONS } from '../../../../core/names';
import { annotation, isAnnotated, POD_CREATION, POD_UPDATE, VOLCANO_OBJECTS } from '../cel';
import type { AdmissionPolicy } from '../policy';

/** Annotation that names the PodGroup of a pod (volcano-sh/volcano apis `scheduling/v1beta1/labels.go`). */
const GROUP_NAME = 'scheduling.k8s.io/group-name';

/** Queue of objects that name none (volcano-sh/volcano, scheduler flag `--default-queue`). */
const DEFAULT_QUEUE = 'default';

/** `dyn`: the kinds differ, and the CRDs may come later than the policy. */
export const queue: AdmissionPolicy = {
  id: 'AICC-POL-002',
  name: 'queue',
  title: "Volcano pods, PodGroups and Jobs in another queue than the tenant's",
  why:
    'The queue of a pod is that of its PodGroup, so checking PodGroups closes the hole. Pods ' +
    'are checked because Volcano makes their PodGroup from the annotation: a refused PodGroup ' +
    'would leave the pod pending without a word. A pod that names its PodGroup (made by a ' +
    'Volcano Job, an AscendJob or the tenant) has no say.',
  rules: [POD_CREATION, POD_UPDATE, ...VOLCANO_OBJECTS],
  body: () => ({
    matchConditions: [
      {
        name: 'scheduled-by-volcano',
        expression:
          'request.resource.resource != "pods" || dyn(object).spec.?schedulerName.orValue("") == "volcano"',
      },
    ],
    variables: [
      { name: 'isPod', expression: 'request.resource.resource == "pods"' },
      { name: 'named', expression: queueOf('object') },
      {
        name: 'changed',
        expression: `request.operation == "CREATE" || variables.named != ${queueOf('oldObject')}`,
      },
      {
        name: 'decides',
        expression: `!variables.isPod || variables.named != "" || !("${GROUP_NAME}" in dyn(object).metadata.?annotations.orValue({}))`,
      },
      {
        name: 'queue',
        expression: `variables.named == "" ? "${DEFAULT_QUEUE}" : variables.named`,
      },
    ],
    checks: [
      {
        rule: `the queue is that of the namespace's annotation ${TENANT_ANNOTATIONS.queue}; name it in the annotation ${QUEUE_ANNOTATION} of pods, in spec.queue of PodGroups and Volcano Jobs`,
        offenders: `${isAnnotated(TENANT_ANNOTATIONS.queue)} && variables.changed && variables.decides && variables.queue != ${annotation(TENANT_ANNOTATIONS.queue)} ? [variables.queue] : []`,
      },
    ],
  }),
};

function queueOf(root: 'object' | 'oldObject'): string {
  const ofPod = `dyn(${root}).metadata.?annotations[?"${QUEUE_ANNOTATION}"].orValue("")`;
  return `(variables.isPod ? ${ofPod} : dyn(${root}).?spec.?queue.orValue(""))`;
}
