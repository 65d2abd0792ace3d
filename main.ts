import { ValidationError } from './constructs';
import { synthesizeCentre } from './stacks/build';
import { readSettings } from './stacks/settings';
import { summarize } from './stacks/summary';
import { tianjin } from './stacks/tianjin';

try {
  const built = synthesizeCentre(tianjin, readSettings(process.env));
  console.log(summarize(tianjin, built));
} catch (error) {
  if (!(error instanceof ValidationError)) throw error;
  console.error(error.message.replace(/^/gm, 'error: '));
  process.exitCode = 1;
}
