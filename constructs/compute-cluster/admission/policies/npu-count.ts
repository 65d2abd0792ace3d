import { limit, POD_CREATION, podList, text } from '../cel';
import type { AdmissionPolicy, CelExpression, PolicyCheck } from '../policy';

const CONTAINERS = podList('object', 'containers');
const INIT = podList('object', 'initContainers');

/** An init container that goes on to run beside all that come after it. */
const isSidecar = (container: string) => `${container}.?restartPolicy.orValue("") == "Always"`;

export const npuCount: AdmissionPolicy = {
  id: 'AICC-POL-005',
  name: 'npu-count',
  title: 'numbers of NPUs that the servers do not give out',
  why:
    'The Ascend plugin of Volcano places some numbers of devices only (Ascend/mind-cluster ' +
    'docs, processor-based affinity); a pod with another number would stay pending. A pod asks ' +
    'for the most that runs at a time, as Kubernetes counts (k8s.io/component-helpers v0.34.4 ' +
    '`resource/helpers.go`, PodRequests): all containers with all sidecars, or an init ' +
    'container with the sidecars before it.',
  rules: [POD_CREATION],
  body: ({ npuCounts }) => {
    const resources = Object.entries(npuCounts).map(([name, counts], index) =>
      resource(name, counts, `beyond${index + 1}`),
    );
    return {
      variables: [
        { name: 'initNames', expression: `${INIT}.map(c, c.name)` },
        ...resources.map(({ variable }) => variable),
      ],
      checks: resources.map(({ check }) => check),
    };
  },
};

function resource(
  resourceName: string,
  counts: readonly number[],
  beyond: string,
): { variable: CelExpression; check: PolicyCheck } {
  const limitOf = (container: string) => `string(${limit(text(resourceName), container)})`;
  // A quantity need not be written in digits only: 1k.
  const quantityOf = (container: string) => `quantity(${limitOf(container)})`;
  const npus = (container: string) => `${quantityOf(container)}.asInteger()`;
  const asks = (container: string) => `${limitOf(container)} != "0"`;
  const most = `quantity("${Math.max(...counts)}")`;

  const together = `${CONTAINERS}.map(c, ${npus('c')}).sum() + ${INIT}.filter(c, ${isSidecar('c')}).map(c, ${npus('c')}).sum()`;
  const isBefore = 'variables.initNames.indexOf(s.name) < variables.initNames.indexOf(c.name)';
  const sidecars = `${INIT}.filter(s, ${isSidecar('s')} && ${asks('s')} && ${isBefore}).map(s, ${npus('s')}).sum()`;
  const first = `${INIT}.filter(c, !(${isSidecar('c')}) && ${asks('c')}).map(c, ${npus('c')} + ${sidecars})`;
  const asked = `[([${together}] + ${first}).max()].filter(n, n != 0 && !(n in [${counts.join(', ')}]))`;
  return {
    variable: {
      name: beyond,
      // Limits above what any pod may ask for; they need not fit an integer: 100E.
      expression: [CONTAINERS, INIT]
        .map(
          (list) =>
            `${list}.filter(c, ${quantityOf('c')}.isGreaterThan(${most})).map(c, ${limitOf('c')})`,
        )
        .join(' + '),
    },
    check: {
      rule: `a pod asks for ${counts.join(', ')} of ${resourceName}; change the limits of its containers`,
      offenders: `variables.${beyond}.size() > 0 ? variables.${beyond} : ${asked}.map(n, string(n))`,
    },
  };
}
