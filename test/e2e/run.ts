import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd, cleanUp, wasInterrupted } from '../../cli/process/clean-up';
import { buildControlPlane } from '../../cli/rehearse/control-plane/build';
import { removeTemporaryFolders } from '../helpers/temporary-folder';
import { checkNetwork } from './check-network';
import { deployedPhase } from './deployed-phase';
import { groups } from './groups/run';
import { SAMPLE_CAST, sampleObjects } from './network/sample';
import { operation } from './operation';
import { provider } from './provider/run';
import { rehearsal } from './rehearsal/check-rehearsal';
import { routes } from './routes';
import type { Stage } from './stage';
import { state } from './state/run';

/** In the order in which they run; `npm run e2e -- NAME…` runs some, `--all` the long form of each. */
const STAGES: Readonly<Record<string, Stage>> = {
  network: ({ log }) => checkNetwork(sampleObjects(), SAMPLE_CAST, log),
  routes,
  groups,
  phase: deployedPhase,
  provider,
  state,
  operation,
  rehearsal,
};

function log(line: string): void {
  console.log(`e2e: ${line}`);
}

async function main(args: readonly string[]): Promise<void> {
  const wanted = args.filter((arg) => arg !== '--all');
  const unknown = wanted.filter((name) => !(name in STAGES));
  if (unknown.length > 0) {
    throw new Error(
      `no such stage; use ${Object.keys(STAGES).join(', ')}, got: ${unknown.join(', ')}`,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'aicc-e2e-'));
  atEnd(removeTemporaryFolders);
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  let programs: Promise<string> | undefined;
  const context = {
    folder,
    programs: () => {
      programs ??= buildControlPlane(log);
      return programs;
    },
    log,
    all: args.includes('--all'),
  };
  for (const [name, stage] of Object.entries(STAGES)) {
    if (wanted.length === 0 || wanted.includes(name)) await stage(context);
  }
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    if (wasInterrupted()) return;
    console.error(`e2e: FAILED: ${(error as Error).message}`);
    process.exitCode = 1;
  })
  .finally(cleanUp)
  .then(() => {
    if (process.exitCode || wasInterrupted()) return;
    log('passed. A simulated node admits and schedules; it runs no container and pulls no image.');
  });
