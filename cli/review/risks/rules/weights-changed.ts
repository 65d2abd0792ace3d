import type { V1PodTemplateSpec, V1Volume } from '@kubernetes/client-node';
import { type RiskRule, templateChanges } from '../risk';

export const weightsChanged: RiskRule = {
  id: 'AICC-RISK-015',
  level: 'warning',
  title: 'source of weights changed',
  why: 'A model answers with other weights, whatever it is called.',
  remedy: 'check where the files come from, and compare answers before clients get them',
  check({ changes }) {
    return templateChanges(changes, ({ namespace, name }, before, after) => {
      const [was, is] = [sources(before), sources(after)];
      return was.length === 0 || was.join() === is.join()
        ? []
        : `${namespace}/${name}: ${was.join(', ')} → ${is.join(', ') || 'none'}`;
    });
  },
};

/** Where weights are read from: volumes that come from outside, and the folder that is served. */
function sources({ spec }: V1PodTemplateSpec): string[] {
  const served = (spec?.containers ?? [])
    .flatMap(({ command = [], args = [] }) => [...command, ...args].join(' '))
    .map((line) => /\bserve (\S+)/.exec(line)?.[1])
    .filter((folder) => folder !== undefined);
  return served.length === 0 ? [] : [...(spec?.volumes ?? []).flatMap(sourceOf), ...served];
}

function sourceOf({ nfs, persistentVolumeClaim, hostPath, csi }: V1Volume): string[] {
  if (nfs) return [`nfs ${nfs.server}:${nfs.path}`];
  if (persistentVolumeClaim) return [`claim ${persistentVolumeClaim.claimName}`];
  if (hostPath) return [`host ${hostPath.path}`];
  return csi ? [`csi ${csi.driver}`] : [];
}
