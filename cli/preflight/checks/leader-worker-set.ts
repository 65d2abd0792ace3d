import type { V1ConfigMap } from '@kubernetes/client-node';
import { parse } from 'yaml';
import type { Check } from '../../checks/check';
import { objectsOf } from '../../declared/phase';
import type { PreflightSubject } from '../subject';

/** Label of upstream's manifests and chart (kubernetes-sigs/lws `config/default`, `charts/lws`). */
const LABEL = 'app.kubernetes.io/name=lws';
const FILE = 'controller_manager_config.yaml';

export const leaderWorkerSetGang: Check<PreflightSubject> = {
  id: 'AICC-PRE-006',
  level: 'error',
  title: 'the manager of LeaderWorkerSet makes groups of Volcano',
  why:
    'A model over several servers starts when all its pods do. Without gang scheduling some of ' +
    'them hold NPUs and wait for the others.',
  remedy:
    'set gangSchedulingManagement.schedulerProvider of LeaderWorkerSet to volcano: without it a model may start on half of its servers',
  async check({ phase, cluster }) {
    if (objectsOf(phase, 'LeaderWorkerSet').length === 0) return undefined;
    const maps = await cluster.list<V1ConfigMap>('v1', 'ConfigMap', { labels: LABEL });
    const map = maps.find(({ data }) => data?.[FILE] !== undefined);
    if (!map) {
      return {
        path: `ConfigMap with ${LABEL}`,
        statement: `none has ${FILE}`,
        remedy: `install LeaderWorkerSet; ${this.remedy}`,
      };
    }
    const configuration = parse(map.data?.[FILE] ?? '') as {
      gangSchedulingManagement?: { schedulerProvider?: string };
    } | null;
    const provider = configuration?.gangSchedulingManagement?.schedulerProvider;
    if (provider === 'volcano') return undefined;
    return {
      path: `ConfigMap ${map.metadata?.namespace}/${map.metadata?.name}`,
      statement: `schedulerProvider is ${provider ?? 'not set'}`,
    };
  },
};
