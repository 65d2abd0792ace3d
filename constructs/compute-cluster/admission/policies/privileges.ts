import { EPHEMERAL_CONTAINERS, newContainers, oldNames, POD_CREATION, textList } from '../cel';
import type { AdmissionPolicy } from '../policy';

/** Capabilities that may be added (Kubernetes, Pod Security Standards, baseline). */
const CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

const ADDED = 'c.?securityContext.?capabilities.?add.orValue([])';

/** After the creation only ephemeral containers can bring any of it. */
export const privileges: AdmissionPolicy = {
  id: 'AICC-POL-007',
  name: 'privileges',
  title: 'privileged containers, further capabilities, PID and IPC namespaces of the host',
  why:
    'What would make a tenant master of the host: in no namespace, also not in one that ' +
    "enforces no Pod Security level because its pods need the host's network.",
  rules: [POD_CREATION, EPHEMERAL_CONTAINERS],
  body: () => ({
    variables: [oldNames()],
    checks: [
      {
        rule: 'pods do not share PID and IPC namespaces of the host; remove hostPID and hostIPC',
        offenders:
          'request.operation == "CREATE" ? (object.spec.?hostPID.orValue(false) ? ["hostPID"] : []) + (object.spec.?hostIPC.orValue(false) ? ["hostIPC"] : []) : []',
      },
      {
        rule: 'containers are not privileged; remove privileged',
        offenders: newContainers('c.?securityContext.?privileged.orValue(false)', 'c.name'),
      },
      {
        rule: 'containers add capabilities of the baseline only; remove the others',
        offenders: newContainers(
          `${ADDED}.exists(a, !(a in ${textList(CAPABILITIES)}))`,
          `c.name + " adds " + ${ADDED}.join(" ")`,
        ),
      },
    ],
  }),
};
