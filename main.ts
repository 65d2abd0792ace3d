import { join } from 'node:path';
import { ValidationError } from './constructs';
import { synthesizeCentre } from './stacks/build';
import { readSettings } from './stacks/settings';
import { summarize } from './stacks/summary';
import { lockOf } from './stacks/tenant-lock';
import { tianjin } from './stacks/tianjin';
import { builtClaims, weightsLockOf } from './stacks/weights-lock';
import { writeLock } from './stacks/write-lock';

try {
  // The clock is read here and nowhere else: AICC_TODAY makes an old synthesis repeatable.
  const today = new Date().toISOString().slice(0, 10);
  const built = synthesizeCentre(tianjin, { today, ...readSettings(process.env) });
  console.log(summarize(tianjin, built));
  const locks = {
    'stacks/tianjin/tenants.lock.json': lockOf(tianjin),
    'stacks/tianjin/weights.lock.json': weightsLockOf(tianjin, builtClaims(built)),
  };
  for (const [file, lock] of Object.entries(locks)) {
    if (writeLock(join(__dirname, file), lock)) console.log(`\n${file} has changed: commit it.`);
  }
} catch (error) {
  if (!(error instanceof ValidationError)) throw error;
  console.error(error.message.replace(/^/gm, 'error: '));
  process.exitCode = 1;
}
