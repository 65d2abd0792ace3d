import { isDeepStrictEqual } from 'node:util';
import type { DeclaredPhase } from '../../../cli/declared/phase';
import type { LiveCluster } from '../../../cli/live/cluster';
import { waitFor } from '../../../cli/live/wait-for';
import type { TestPlane } from '../../helpers/control-plane';
import type { Log } from '../stage';

/** A phase that runs, with the guarantees of its tenants as load. */
export interface Running {
  readonly phase: DeclaredPhase;
  readonly plane: TestPlane;
  readonly cluster: LiveCluster;
  /** For files; it is removed at the end. */
  readonly folder: string;
}

/** Something is done, and what must come of it is known before. */
export interface Step {
  readonly what: string;
  /** End state, as data. */
  readonly expected: Readonly<Record<string, unknown>>;
  readonly act: () => Promise<unknown>;
  readonly observe: () => Promise<Readonly<Record<string, unknown>>>;
}

export interface Drill {
  readonly name: string;
  /** Whether it belongs to the short set. */
  readonly short: boolean;
  /** What simulated nodes do not show of it. */
  readonly cannotShow: string;
  /** Steps in their order; `undo` leaves the phase as it was. */
  readonly prepare: (
    running: Running,
  ) => Promise<{ readonly steps: readonly Step[]; readonly undo: () => Promise<unknown> }>;
}

/** Seconds in which an end state must be reached; states are waited for, never slept for. */
const LIMIT = 120;

/** Runs a drill; between drills the phase is as it was. */
export async function runDrill(drill: Drill, running: Running, log: Log): Promise<void> {
  const start = performance.now();
  const { steps, undo } = await drill.prepare(running);
  for (const { what, expected, act, observe } of steps) {
    await act();
    await waitFor(
      `drill '${drill.name}', ${what}: expected ${JSON.stringify(expected)}`,
      LIMIT,
      observe,
      (state) => isDeepStrictEqual(state, expected),
    );
    log(`drill ${drill.name}: ${what}: ${JSON.stringify(expected)}`);
  }
  await undo();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  log(`drill ${drill.name}: as expected (${seconds} s). Not shown: ${drill.cannotShow}`);
}
