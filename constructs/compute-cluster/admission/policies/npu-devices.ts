import { devicesField, RUNTIME_SWITCHES, VISIBLE_DEVICES } from '../../../../core/accelerator';
import {
  EPHEMERAL_CONTAINERS,
  newContainers,
  oldNames,
  POD_CREATION,
  POD_UPDATE,
  text,
  textList,
} from '../cel';
import type { AdmissionPolicy, PolicyCheck } from '../policy';

const ENV = 'c.?env.orValue([])';

/** The runtime trims some of the names that it compares. */
const NAME = 'e.name.trim()';

/**
 * Which devices a pod has, beside those called like the resource (Ascend/mind-cluster 26.1
 * `ascend-device-plugin/pkg/common/constants.go`): Volcano and the device plugin count by them.
 */
const DEVICE_ANNOTATIONS = ['huawei.com/AscendReal', 'huawei.com/kltDev', 'predicate-time'];

/** The device plugin, which corrects its annotations; Volcano's come with the binding, which is no update. */
const SYSTEM_ACCOUNT = 'request.userInfo.username.startsWith("system:serviceaccount:kube-system:")';

export const npuDevices: AdmissionPolicy = {
  id: 'AICC-POL-011',
  name: 'npu-devices',
  title: 'NPUs that Volcano has not given, and switches of the Ascend runtime',
  why:
    'On an NPU server the Ascend runtime is the default one and believes the environment of a ' +
    'container: who names devices there has them, whether Volcano has given them or not. So ' +
    'devices come from the annotation that Volcano writes and nobody else.',
  rules: [POD_CREATION, POD_UPDATE, EPHEMERAL_CONTAINERS],
  body: ({ npuCounts }) => {
    const names = Object.keys(npuCounts);
    return {
      variables: [
        oldNames(),
        {
          name: 'oldAnnotations',
          expression:
            'request.operation == "UPDATE" ? oldObject.metadata.?annotations.orValue({}) : {}',
        },
      ],
      checks: [switches(), devices(names), annotations(names)],
    };
  },
};

function switches(): PolicyCheck {
  const set = `${NAME} in ${textList(RUNTIME_SWITCHES)}`;
  return {
    rule: 'containers set no switch of the Ascend runtime; remove it from env',
    offenders: newContainers(
      `${ENV}.exists(e, ${set})`,
      `c.name + " sets " + ${ENV}.filter(e, ${set}).map(e, e.name).join(" ")`,
    ),
  };
}

function devices(names: readonly string[]): PolicyCheck {
  const fields = names.map(devicesField);
  const given = `e.?valueFrom.?fieldRef.?fieldPath.orValue("") in ${textList(fields)}`;
  // What upstream documents for containers without devices (usage_on_the_containerd_client.md).
  const none = '!has(e.valueFrom) && e.?value.orValue("") in ["", "void"]';
  return {
    rule: `containers see the NPUs that Volcano has given; take ${VISIBLE_DEVICES} from the field ${fields.join(' or ')}`,
    offenders: newContainers(
      `${ENV}.exists(e, ${NAME} == ${text(VISIBLE_DEVICES)} && !(${given}) && !(${none}))`,
      'c.name',
    ),
  };
}

function annotations(names: readonly string[]): PolicyCheck {
  const owned = textList([...names, ...DEVICE_ANNOTATIONS]);
  const changed =
    'object.metadata.?annotations[?a].orValue("") != variables.oldAnnotations[?a].orValue("")';
  return {
    rule: 'annotations that say which NPUs a pod has are written by Volcano and the device plugin; leave them out',
    offenders: `${SYSTEM_ACCOUNT} && request.operation == "UPDATE" ? [] : ${owned}.filter(a, ${changed})`,
  };
}
