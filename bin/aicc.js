#!/usr/bin/env node
const { existsSync } = require('node:fs');
const { join } = require('node:path');

// A checkout runs its sources; the published package has no sources.
if (existsSync(join(__dirname, '../cli/aicc.ts'))) {
  require('ts-node').register({ cwd: join(__dirname, '..'), swc: true });
  require('../cli/aicc.ts');
} else {
  require('../dist/cli/aicc.js');
}
