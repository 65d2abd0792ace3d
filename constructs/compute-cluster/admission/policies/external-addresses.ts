import { SERVICES } from '../cel';
import type { AdmissionPolicy } from '../policy';

export const externalAddresses: AdmissionPolicy = {
  id: 'AICC-POL-010',
  name: 'external-addresses',
  title: 'Services with external addresses',
  why:
    'Whoever writes an external address into a Service gets the traffic of the cluster to that ' +
    'address (CVE-2020-8554), whoever it belongs to.',
  rules: [SERVICES],
  body: () => ({
    checks: [
      {
        rule: 'Services have no external addresses; remove externalIPs',
        offenders: 'object.spec.?externalIPs.orValue([])',
      },
    ],
  }),
};
