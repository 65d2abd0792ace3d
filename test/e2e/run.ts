import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizeCentre } from '../../stacks/build';
import { tianjin } from '../../stacks/tianjin';
import { checkPhase } from './check-phase';
import { buildControlPlane } from './control-plane/build';
import type { Kubectl } from './control-plane/kubectl';
import { createNodes, simulatedNodes } from './control-plane/nodes';
import { startControlPlane } from './control-plane/start';

const PHASE = 'phase-100p';

function log(line: string): void {
  console.log(`e2e: ${line}`);
}

async function main(): Promise<void> {
  const output = mkdtempSync(join(tmpdir(), 'aicc-e2e-out-'));
  try {
    const settings = { environment: PHASE, kubeconfig: '~/.kube/config', contexts: {} };
    const built = synthesizeCentre(tianjin, settings, output);
    const stacks = built.phases.at(-1);
    if (!stacks) throw new Error('the centre has no phases');
    const programs = await buildControlPlane(log);
    const controlPlane = await startControlPlane(programs, PHASE);
    try {
      const { kubectl } = controlPlane;
      log(`control plane ${await serverVersion(kubectl)} is up`);
      const { cluster } = stacks.cluster;
      log(`${await createNodes(kubectl, simulatedNodes(cluster))} simulated nodes created`);
      await checkPhase(kubectl, output, stacks, log);
    } finally {
      controlPlane.stop();
      log('control plane stopped');
    }
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

async function serverVersion(kubectl: Kubectl): Promise<string> {
  return JSON.parse(await kubectl.must(['version', '-o', 'json'])).serverVersion.gitVersion;
}

main().then(
  () =>
    log('passed. A simulated node admits and schedules; it runs no container and pulls no image.'),
  (error: unknown) => {
    console.error(`e2e: FAILED: ${(error as Error).message}`);
    process.exitCode = 1;
  },
);
