import type { Subject } from '../checks/check';
import type { DeclaredPhase } from '../declared/phase';
import type { LiveCluster } from '../live/cluster';
import type { KubernetesObject, RenderedObject } from '../manifests/render';

/** An object of the phase, and what it has become. */
export interface Deployed<T = KubernetesObject> {
  readonly declared: RenderedObject;
  /** Nothing where it is not there. */
  readonly live?: T;
}

/** A deployed phase at one moment; objects that several checks need are fetched once. */
export interface VerifySubject extends Subject {
  deployed(): Promise<readonly Deployed[]>;
  /** Those of a kind that are there. */
  liveOf<T = KubernetesObject>(kind: string): Promise<readonly T[]>;
}

export function verifySubject(phase: DeclaredPhase, cluster: LiveCluster): VerifySubject {
  let all: Promise<Deployed[]> | undefined;
  const deployed = () => {
    all ??= Promise.all(
      phase.objects.map(async (declared) => ({
        declared,
        live: await cluster.get(declared.object),
      })),
    );
    return all;
  };
  return {
    phase,
    cluster,
    deployed,
    liveOf: async <T>(kind: string) =>
      (await deployed())
        .filter(({ declared }) => declared.object.kind === kind)
        .flatMap(({ live }) => (live ? [live as unknown as T] : [])),
  };
}
