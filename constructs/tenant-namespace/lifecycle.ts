import { validateDay } from '../../core/validate';

/**
 * `cordoned`: no new pods, those that run stay. `retired`: a tombstone before the entry is removed:
 * nothing is guaranteed any more, nobody has access, and the namespace may be deleted.
 */
export const TENANT_STATES = ['active', 'cordoned', 'retired'] as const;
export type TenantState = (typeof TENANT_STATES)[number];

export interface TenantTerm {
  /** First day, `YYYY-MM-DD`. @default - none */
  readonly start?: string;
  /** Last day, `YYYY-MM-DD`. @default - none */
  readonly expiry?: string;
}

export function validateState(state: string): string[] {
  return (TENANT_STATES as readonly string[]).includes(state)
    ? []
    : [`state must be one of ${TENANT_STATES.join(', ')}; change it, got: '${state}'`];
}

export function validateTerm({ start, expiry }: TenantTerm): string[] {
  const problems = [
    ...(start === undefined ? [] : validateDay('start', start)),
    ...(expiry === undefined ? [] : validateDay('expiry', expiry)),
  ];
  if (problems.length > 0 || start === undefined || expiry === undefined) return problems;
  return expiry >= start
    ? []
    : [`expiry must not be before start (${start}); correct one, got: '${expiry}'`];
}
