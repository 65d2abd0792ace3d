import { writeFileSync } from 'node:fs';
import { PAGES } from './pages';

for (const [file, page] of Object.entries(PAGES)) writeFileSync(file, page());
