import type { V1ConfigMap, V1Namespace } from '@kubernetes/client-node';
import { DECLARED_CAPACITY } from '../../../core/names';
import type { Check } from '../../checks/check';
import { describeObject } from '../../kubernetes/describe';
import { differences } from '../difference';
import type { VerifySubject } from '../subject';

export const objectsThere: Check<VerifySubject> = {
  id: 'AICC-VER-001',
  level: 'error',
  title: 'every object of the phase is there',
  why:
    'What is not there after a deployment was deleted since, or its stack was not deployed. A ' +
    'NetworkPolicy that is missing opens its namespace.',
  remedy: 'deploy its stack',
  async check({ phase, deployed }) {
    return (await deployed())
      .filter(({ live }) => live === undefined)
      .map(({ declared: { object, stack } }) => ({
        path: describeObject(object),
        statement: 'is not there',
        remedy: `deploy ${stack} of ${phase.id}`,
      }));
  },
};

export const objectsAsDeclared: Check<VerifySubject> = {
  id: 'AICC-VER-002',
  level: 'error',
  title: 'objects are as they were declared',
  why:
    'What was changed by hand is what nobody has reviewed: until the next deployment takes it ' +
    'back, nothing that was proven need hold.',
  remedy: 'deploy its stack again; the plan says what it takes back',
  async check({ deployed }) {
    return (await deployed()).map(({ declared: { object, stack }, live }) => {
      // Written by hand or by another release: Terraform would plan it, too.
      const found = live ? differences(object, live) : [];
      if (found.length === 0) return undefined;
      return {
        path: describeObject(object),
        statement: `${found.slice(0, 3).join('; ')}${found.length > 3 ? `; ${found.length - 3} more` : ''}`,
        remedy: `deploy ${stack} again; the plan says what it takes back`,
      };
    });
  },
};

export const namespacesActive: Check<VerifySubject> = {
  id: 'AICC-VER-003',
  level: 'error',
  title: 'no namespace of the phase is being deleted',
  why: 'A namespace that is being deleted takes all that is in it along, and lets nothing new in.',
  remedy: 'find out who deletes it; deploy again when it is gone',
  async check({ liveOf }) {
    return (await liveOf<V1Namespace>('Namespace'))
      .filter(({ status }) => status?.phase === 'Terminating')
      .map(({ metadata }) => ({
        path: `Namespace ${metadata?.name}`,
        statement: 'is being deleted',
      }));
  },
};

export const capacityDeclared: Check<VerifySubject> = {
  id: 'AICC-VER-004',
  level: 'error',
  title: 'the cluster says that it is this phase',
  why:
    'Behind a wrong context is the cluster of another phase, and everything else would be ' +
    'compared with that.',
  remedy: 'check the context: this may be the cluster of another phase',
  async check({ phase, liveOf }) {
    const maps = await liveOf<V1ConfigMap>('ConfigMap');
    const own = maps.find(({ metadata }) => metadata?.name === DECLARED_CAPACITY);
    // Where it is missing, that is found already.
    if (!own || own.data?.phase === phase.id) return undefined;
    return {
      path: 'ConfigMap kube-public/declared-capacity',
      statement: `names ${own.data?.phase ?? 'no phase'}`,
      remedy: `check the context: this may be the cluster of another phase than ${phase.id}`,
    };
  },
};
