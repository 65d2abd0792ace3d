#!/usr/bin/env node
const { join } = require('node:path');

require('ts-node').register({ cwd: join(__dirname, '..'), swc: true, ignore: [] });
require('../cli/aicc.ts');
