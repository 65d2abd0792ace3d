import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDER_VERSION } from '../../stacks/phase-stack';
import { Terraform } from './terraform';

/** The provider that the bindings were made from; users with older states still have it. */
const OLD_VERSION = '2.38.0';

/** The output of a phase is valid for the older provider, too, where Terraform has that at hand. */
export async function checkOldProvider(
  output: string,
  stacks: readonly string[],
  log: (line: string) => void,
): Promise<void> {
  const copy = `${output}-${OLD_VERSION}`;
  const terraform = new Terraform(copy);
  for (const stack of stacks) {
    const from = join(output, 'stacks', stack, 'cdk.tf.json');
    const to = join(copy, 'stacks', stack, 'cdk.tf.json');
    cpSync(from, to);
    const json = JSON.parse(readFileSync(to, 'utf8'));
    assert.equal(json.terraform.required_providers.kubernetes.version, PROVIDER_VERSION);
    json.terraform.required_providers.kubernetes.version = OLD_VERSION;
    writeFileSync(to, JSON.stringify(json));
    const missing = await terraform.unavailable(stack);
    if (missing) return log(`provider ${OLD_VERSION} left out: ${missing}`);
    await terraform.must(stack, 'validate');
  }
  log(`provider ${OLD_VERSION} validates the three stacks`);
}
