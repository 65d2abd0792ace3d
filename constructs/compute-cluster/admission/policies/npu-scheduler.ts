import { asksForNpus, POD_CREATION } from '../cel';
import type { AdmissionPolicy } from '../policy';

/**
 * The field cannot change later, nor can the devices; an extended resource needs a limit, so
 * limits tell all (Kubernetes, extended resources).
 */
export const npuScheduler: AdmissionPolicy = {
  id: 'AICC-POL-001',
  name: 'npu-scheduler',
  title: 'pods with NPUs that Volcano does not schedule',
  why:
    'MindCluster does not support a node that Volcano and another scheduler share ' +
    '(Ascend/mind-cluster docs, Volcano): devices would be given out twice.',
  rules: [POD_CREATION],
  body: ({ npuCounts }) => ({
    matchConditions: [{ name: 'asks-for-npus', expression: asksForNpus(Object.keys(npuCounts)) }],
    variables: [{ name: 'scheduler', expression: 'object.spec.?schedulerName.orValue("")' }],
    checks: [
      {
        rule: 'pods with NPUs are scheduled by Volcano; set schedulerName: volcano',
        offenders: 'variables.scheduler == "volcano" ? [] : [variables.scheduler]',
      },
      {
        // A pod that names its node passes by every scheduler and every queue.
        rule: 'pods with NPUs do not name their node; use a nodeSelector',
        offenders:
          'object.spec.?nodeName.orValue("") == "" ? [] : [object.spec.?nodeName.orValue("")]',
      },
    ],
  }),
};
