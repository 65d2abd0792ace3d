import type { Day } from '../../core/schema/types';

/**
 * `cordoned`: no new pods, those that run stay. `retired`: a tombstone before the entry is removed:
 * nothing is guaranteed any more, nobody has access, and the namespace may be deleted.
 */
export const TENANT_STATES = ['active', 'cordoned', 'retired'] as const;
export type TenantState = (typeof TENANT_STATES)[number];

export interface TenantTerm {
  /** First day, `YYYY-MM-DD`. @default - none */
  readonly start?: Day;
  /** Last day, `YYYY-MM-DD`. @default - none */
  readonly expiry?: Day;
}

/** Days are compared as they are written, so both must be days. */
export function validateTerm({ start, expiry }: TenantTerm): string[] {
  return start === undefined || expiry === undefined || expiry >= start
    ? []
    : [`expiry must not be before start (${start}); correct one, got: '${expiry}'`];
}
