import type { Check, Found } from '../../checks/finding';
import { describeObject } from '../../rehearse/apply';
import { differences } from '../difference';
import type { VerifySubject } from '../subject';

export const objectsThere: Check<VerifySubject> = {
  id: 'AICC-VER-001',
  title: 'every object of the phase is there',
  async check({ phase, deployed }) {
    return (await deployed())
      .filter(({ live }) => live === undefined)
      .map(({ declared: { object, stack } }) => ({
        subject: describeObject(object),
        found: 'is not there',
        remedy: `deploy ${stack} of ${phase.id}`,
      }));
  },
};

export const objectsAsDeclared: Check<VerifySubject> = {
  id: 'AICC-VER-002',
  title: 'objects are as they were declared',
  async check({ deployed }) {
    return (await deployed()).flatMap(({ declared: { object, stack }, live }): Found[] => {
      if (!live) return [];
      // Written by hand or by another release: Terraform would plan it, too.
      const found = differences(object, live);
      return found.length === 0
        ? []
        : [
            {
              subject: describeObject(object),
              found: `${found.slice(0, 3).join('; ')}${found.length > 3 ? `; ${found.length - 3} more` : ''}`,
              remedy: `deploy ${stack} again; the plan says what it takes back`,
            },
          ];
    });
  },
};

export const namespacesActive: Check<VerifySubject> = {
  id: 'AICC-VER-003',
  title: 'no namespace of the phase is being deleted',
  async check({ liveOf }) {
    const namespaces = await liveOf<{
      metadata: { name: string };
      status?: { phase?: string };
    }>('Namespace');
    return namespaces
      .filter(({ status }) => status?.phase === 'Terminating')
      .map(({ metadata }) => ({
        subject: `Namespace ${metadata.name}`,
        found: 'is being deleted',
        remedy: 'find out who deletes it; deploy again when it is gone',
      }));
  },
};

export const capacityDeclared: Check<VerifySubject> = {
  id: 'AICC-VER-004',
  title: 'the cluster says that it is this phase',
  async check({ phase, liveOf }) {
    const maps = await liveOf<{ metadata: { name: string }; data?: Record<string, string> }>(
      'ConfigMap',
    );
    const own = maps.find(({ metadata }) => metadata.name === 'declared-capacity');
    // Where it is missing, that is found already.
    if (!own || own.data?.phase === phase.id) return [];
    return [
      {
        subject: 'ConfigMap kube-public/declared-capacity',
        found: `names ${own.data?.phase ?? 'no phase'}`,
        remedy: `check the context: this may be the cluster of another phase than ${phase.id}`,
      },
    ];
  },
};
