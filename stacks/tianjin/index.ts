import { join } from 'node:path';
import type { Centre, TenantLock, WeightsLock } from '../centre';
import { ASSUMPTIONS } from './assumptions';
import { PHASES } from './phases';
import { REPLACEMENTS } from './replacements';
import { SERVINGS } from './servings';
import { TENANTS } from './tenants';
import lock from './tenants.lock.json';
import weightsLock from './weights.lock.json';

/**
 * The Tianjin Artificial Intelligence Computing Center, Hebei District: about 1.27 billion yuan,
 * approved in April 2022, Huawei Ascend (news.cgtn.com/news/2025-06-26).
 */
export const tianjin: Centre = {
  name: 'tianjin',
  displayName: 'Tianjin AI Computing Center',
  phases: PHASES,
  tenants: TENANTS,
  servings: SERVINGS,
  replacements: REPLACEMENTS,
  assumptions: ASSUMPTIONS,
  scopes: { district: 'phase-100p', city: 'phase-100p', region: 'phase-200p' },
  lock: lock as TenantLock,
  sources: {
    phases: join(__dirname, 'phases.ts'),
    tenants: join(__dirname, 'tenants.ts'),
    servings: join(__dirname, 'servings.ts'),
    replacements: join(__dirname, 'replacements.ts'),
    assumptions: join(__dirname, 'assumptions.ts'),
  },
  weightsLock: weightsLock as WeightsLock,
};
