import { join } from 'node:path';
import { ValidationError } from './constructs';
import { synthesizeCentre } from './stacks/build';
import { readSettings } from './stacks/settings';
import { summarize } from './stacks/summary';
import { writeLock } from './stacks/tenant-lock';
import { tianjin } from './stacks/tianjin';

const LOCK = join(__dirname, 'stacks/tianjin/tenants.lock.json');

try {
  // The clock is read here and nowhere else: AICC_TODAY makes an old synthesis repeatable.
  const today = new Date().toISOString().slice(0, 10);
  const built = synthesizeCentre(tianjin, { today, ...readSettings(process.env) });
  console.log(summarize(tianjin, built));
  if (writeLock(LOCK, tianjin))
    console.log('\nstacks/tianjin/tenants.lock.json has changed: commit it.');
} catch (error) {
  if (!(error instanceof ValidationError)) throw error;
  console.error(error.message.replace(/^/gm, 'error: '));
  process.exitCode = 1;
}
