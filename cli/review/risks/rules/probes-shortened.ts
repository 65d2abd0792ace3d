import type {
  V1Container,
  V1LifecycleHandler,
  V1PodTemplateSpec,
  V1Probe,
} from '@kubernetes/client-node';
import { type RiskRule, templateChanges } from '../risk';

export const probesShortened: RiskRule = {
  id: 'AICC-RISK-014',
  level: 'warning',
  title: 'probe or drain shortened',
  why: 'Pods get less time to start, to answer or to end: loads of minutes are cut, answers are lost.',
  remedy: 'measure how long loading and draining take on the site before it is shortened',
  check({ changes }) {
    return templateChanges(changes, ({ namespace, name }, before, after) =>
      [...drains(before, after), ...probes(before, after)].map(
        (what) => `${namespace}/${name}: ${what}`,
      ),
    );
  },
};

/** Kubernetes' default. */
const GRACE = 30;

function drains(before: V1PodTemplateSpec, after: V1PodTemplateSpec): string[] {
  const grace = ({ spec }: V1PodTemplateSpec) => spec?.terminationGracePeriodSeconds ?? GRACE;
  const [was, is] = [grace(before), grace(after)];
  return is < was ? [`drain ${was} s → ${is} s`] : [];
}

const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;

function probes(before: V1PodTemplateSpec, after: V1PodTemplateSpec): string[] {
  return (after.spec?.containers ?? []).flatMap((container) => {
    const old = before.spec?.containers.find(({ name }) => name === container.name);
    return old ? probesOf(old, container) : [];
  });
}

function probesOf(before: V1Container, after: V1Container): string[] {
  const found = PROBES.flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    if (!was) return [];
    if (!is) return [`${name} of ${after.name} is gone`];
    const [old = 1, now = 1] = [was.timeoutSeconds, is.timeoutSeconds];
    return [
      ...(patience(is) < patience(was)
        ? [`${name} of ${after.name} ${patience(was)} s → ${patience(is)} s`]
        : []),
      ...(now < old ? [`${name} of ${after.name} waits ${old} s → ${now} s for an answer`] : []),
    ];
  });
  const [was, is] = [before.lifecycle?.preStop, after.lifecycle?.preStop];
  if (was && !is) return [...found, `preStop hook of ${after.name} is gone`];
  const [old, now] = [pause(was), pause(is)];
  return old !== undefined && (now ?? 0) < old
    ? [...found, `preStop hook of ${after.name} waits ${old} s → ${now ?? 0} s`]
    : found;
}

/** Seconds that a hook waits: `sleep 30`, alone or at the end of a command. */
function pause(hook: V1LifecycleHandler | undefined): number | undefined {
  const seconds = /\bsleep (\d+)/.exec(hook?.exec?.command?.join(' ') ?? '')?.[1];
  return seconds === undefined ? hook?.sleep?.seconds : Number(seconds);
}

/** Seconds until a probe gives up; defaults of Kubernetes where nothing is set. */
function patience({ initialDelaySeconds = 0, periodSeconds = 10, failureThreshold = 3 }: V1Probe) {
  return initialDelaySeconds + periodSeconds * failureThreshold;
}
