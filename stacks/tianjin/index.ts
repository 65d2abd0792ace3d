import type { Centre } from '../centre';
import type { TenantLock } from '../tenant-lock';
import type { WeightsLock } from '../weights-lock';
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
  weightsLock: weightsLock as WeightsLock,
};
