import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { V1Pod } from '@kubernetes/client-node';
import type { StackImports } from '../../../cli/import/blocks';
import { IMPORT_FILE } from '../../../cli/import/command';
import { runProgram } from '../../../cli/run-program';
import type { DeployedByTerraform } from './deployed';
import { fieldDifferences, fieldsOf } from './fields';

/**
 * Without any state, and with the objects of a phase in the cluster: import blocks are made, Terraform takes
 * the objects over, the next plan is empty, and nothing in the cluster has changed.
 */
export async function adopt(on: DeployedByTerraform, what: string): Promise<void> {
  const { cluster, phase, terraform, output, log } = on;
  rmSync(on.states, { recursive: true, force: true });
  const before = { fields: await fieldsOf(cluster, phase), pods: await uidsOfPods(on) };
  const counts: string[] = [];
  for (const { stack, imports, missing, differing, patches } of await importInto(on)) {
    assert.deepEqual({ stack, missing, differing }, { stack, missing: [], differing: [] });
    const applied = await terraform.must(stack, 'apply', '-auto-approve');
    const [, ...told] =
      /Resources: (\d+) imported, (\d+) added, (\d+) changed, (\d+) destroyed/.exec(applied) ?? [];
    const [imported, added, changed, destroyed] = told.map(Number);
    // What cannot be imported is labels of nodes, and setting them again is no change of a node.
    assert.deepEqual([imported, added, destroyed], [imports.length, patches, 0], stack);
    counts.push(`${stack} ${imported} imported, ${added} labels set again, ${changed} flags noted`);
    rmSync(join(output, 'stacks', stack, IMPORT_FILE));
  }
  await terraform.planIsEmpty(phase.stacks.map(({ name }) => name));
  assert.deepEqual(fieldDifferences(before.fields, await fieldsOf(cluster, phase)), []);
  // An autoscaler may have added some.
  const pods = new Set(await uidsOfPods(on));
  assert.deepEqual(
    before.pods.filter((pod) => !pods.has(pod)),
    [],
  );
  log(
    `${what}: ${counts.join('; ')}; the next plan is empty, no object has changed and no pod has gone`,
  );
}

/** As a user does it, with the program. */
async function importInto({ output, phase }: DeployedByTerraform): Promise<StackImports[]> {
  const aicc = join(__dirname, '../../../bin/aicc.js');
  const args = [aicc, 'import', phase.id, '--output', output, '--write', '--json'];
  const { code, stdout, stderr } = await runProgram(process.execPath, args);
  assert.equal(code, 0, stderr);
  return (JSON.parse(stdout) as { stacks: StackImports[] }).stacks;
}

async function uidsOfPods({ cluster }: DeployedByTerraform): Promise<string[]> {
  const pods = await cluster.list<V1Pod>('v1', 'Pod');
  return pods.map(({ metadata }) => `${metadata?.name} ${metadata?.uid}`);
}
