import { PROTECTED_LABEL } from '../../../../core/names';
import { NAMESPACE_DELETION } from '../cel';
import type { AdmissionPolicy } from '../policy';

export const namespaceDeletion: AdmissionPolicy = {
  id: 'AICC-POL-009',
  name: 'namespace-deletion',
  title: "deletion of a tenant's namespace that is not retired",
  why:
    "With its namespace goes all that a tenant has. Terraform's `prevent_destroy` ends where " +
    'the entry is removed, so the API server refuses until the tenant has been retired by a ' +
    'deploy of its own.',
  rules: [NAMESPACE_DELETION],
  body: () => ({
    checks: [
      {
        rule: "a tenant's namespace is deleted only when it is retired; deploy state 'retired' first",
        offenders: `oldObject.metadata.?labels[?"${PROTECTED_LABEL}"].orValue("") == "true" ? [oldObject.metadata.name] : []`,
      },
    ],
  }),
};
