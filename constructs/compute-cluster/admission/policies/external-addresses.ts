import { SERVICES } from '../cel';
import type { AdmissionPolicy } from '../policy';

/**
 * Whoever writes an external address into a Service gets the traffic of the cluster to that address
 * (CVE-2020-8554), whoever it belongs to.
 */
export const externalAddresses: AdmissionPolicy = {
  id: 'AICC-POL-010',
  name: 'external-addresses',
  title: 'Services with external addresses',
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
