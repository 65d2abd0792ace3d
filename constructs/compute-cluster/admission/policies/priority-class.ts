import { TENANT_ANNOTATIONS } from '../../../../core/names';
import { DEFAULT_PRIORITY, SYSTEM_PRIORITY } from '../../priorities';
import { annotation, commaSeparated, isAnnotated, POD_CREATION, VOLCANO_OBJECTS } from '../cel';
import type { AdmissionPolicy } from '../policy';

/**
 * Pods cannot change their class. `dyn`: the kinds differ, and the CRDs may come later than the
 * policy.
 */
export const priorityClass: AdmissionPolicy = {
  id: 'AICC-POL-004',
  name: 'priority-class',
  title: "priority classes of the system, or other than the namespace's",
  why:
    "Classes of the centre's and of Kubernetes' own components are never a tenant's. Volcano " +
    'orders by the class of the PodGroup, so a tenant must not raise that either. What names no ' +
    "class gets the cluster's default, in Kubernetes as in Volcano.",
  rules: [POD_CREATION, ...VOLCANO_OBJECTS],
  body: () => ({
    variables: [
      { name: 'named', expression: classOf('object') },
      {
        name: 'changed',
        expression: `request.operation == "CREATE" || variables.named != ${classOf('oldObject')}`,
      },
      {
        name: 'class',
        expression: `variables.named == "" ? "${DEFAULT_PRIORITY}" : variables.named`,
      },
      {
        name: 'reserved',
        expression: `variables.class == "${SYSTEM_PRIORITY}" || (variables.class.startsWith("system-") && variables.class.endsWith("-critical"))`,
      },
      {
        name: 'classes',
        expression: commaSeparated(annotation(TENANT_ANNOTATIONS.priorityClasses)),
      },
    ],
    checks: [
      {
        rule: 'priority classes of the system are not for tenants; name another class',
        offenders: 'variables.changed && variables.reserved ? [variables.class] : []',
      },
      {
        rule: `the priority class is one of the namespace's annotation ${TENANT_ANNOTATIONS.priorityClasses}; set priorityClassName`,
        offenders: `${isAnnotated(TENANT_ANNOTATIONS.priorityClasses)} && variables.changed && !(variables.class in variables.classes) ? [variables.class] : []`,
      },
    ],
  }),
};

function classOf(root: 'object' | 'oldObject'): string {
  return `dyn(${root}).?spec.?priorityClassName.orValue("")`;
}
