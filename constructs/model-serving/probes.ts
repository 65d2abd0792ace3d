import type { V1Container, V1Probe } from '@kubernetes/client-node';
import type { StartBudget } from '../../core/serving/start-budget';

type Probes = Pick<V1Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'>;

const PERIOD_SECONDS = 10;

/** A busy API process answers late; that is no reason to kill it. */
const TIMEOUT_SECONDS = 10;

/** Failures after which a container that had started is restarted: a minute. */
const FAILURES = 6;

function probes(
  check: V1Probe,
  { seconds }: StartBudget,
): Required<Omit<Probes, 'readinessProbe'>> {
  const common = { ...check, periodSeconds: PERIOD_SECONDS, timeoutSeconds: TIMEOUT_SECONDS };
  return {
    // The kubelet begins with the others when this one has succeeded once.
    startupProbe: { ...common, failureThreshold: Math.ceil(seconds / PERIOD_SECONDS) },
    livenessProbe: { ...common, failureThreshold: FAILURES },
  };
}

/** Probes of a container that answers HTTP on its port `http`. */
export function httpProbes(path: string, budget: StartBudget): Probes {
  const check: V1Probe = { httpGet: { path, port: 'http' } };
  return {
    ...probes(check, budget),
    readinessProbe: { ...check, periodSeconds: 5, timeoutSeconds: TIMEOUT_SECONDS },
  };
}

/** Seconds by which a follower is more patient with its leader than the leader's own probes. */
const FOLLOWER_PATIENCE = 5;

/**
 * Probes of a pod that serves no HTTP itself: it is alive while the leader of its group is. A
 * process that waits for a dead leader would hold its NPUs for ever. A leader that is only slow is
 * judged by its own probes first: they begin earlier, or allow less.
 */
export function followerProbes(leaderPort: number, path: string, budget: StartBudget): Probes {
  const url = `"http://$LWS_LEADER_ADDRESS:${leaderPort}${path}"`;
  const call = `exec curl --noproxy '*' --silent --fail --output /dev/null --max-time ${TIMEOUT_SECONDS} ${url}`;
  const { startupProbe, livenessProbe } = probes(
    { exec: { command: ['/bin/sh', '-c', call] } },
    budget,
  );
  const timeoutSeconds = TIMEOUT_SECONDS + FOLLOWER_PATIENCE;
  return {
    startupProbe: { ...startupProbe, timeoutSeconds },
    livenessProbe: { ...livenessProbe, timeoutSeconds, failureThreshold: 2 * FAILURES },
  };
}
