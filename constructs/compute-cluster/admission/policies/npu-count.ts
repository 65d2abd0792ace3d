import { limit, POD_CREATION, podList, text } from '../cel';
import type { AdmissionPolicy, PolicyCheck } from '../policy';

const SIDECAR = 'c.?restartPolicy.orValue("") == "Always"';

/**
 * The Ascend plugin of Volcano places some numbers of devices only (Ascend/mind-cluster docs,
 * processor-based affinity); a pod with another number would stay pending. Containers and sidecars
 * run together and are summed; an init container runs alone.
 */
export const npuCount: AdmissionPolicy = {
  id: 'AICC-POL-005',
  name: 'npu-count',
  title: 'numbers of NPUs that the servers do not give out',
  rules: [POD_CREATION],
  body: ({ npuCounts }) => ({
    checks: Object.entries(npuCounts).map(([name, counts]) => check(name, counts)),
  }),
};

function check(resourceName: string, counts: readonly number[]): PolicyCheck {
  // A quantity need not be written in digits only: 1k.
  const npus = `quantity(string(${limit(text(resourceName))})).asInteger()`;
  const init = podList('object', 'initContainers');
  const together = `${podList('object', 'containers')}.map(c, ${npus}).sum() + ${init}.filter(c, ${SIDECAR}).map(c, ${npus}).sum()`;
  const alone = `${init}.filter(c, !(${SIDECAR})).map(c, ${npus})`;
  return {
    rule: `a pod asks for ${counts.join(', ')} of ${resourceName}; change the limits of its containers`,
    offenders: `([${together}] + ${alone}).filter(n, n != 0 && !(n in [${counts.join(', ')}])).map(n, string(n))`,
  };
}
