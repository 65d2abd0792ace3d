/** What an object says of itself. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message?: string;
}

export interface Conditioned {
  readonly status?: { readonly conditions?: readonly Condition[] };
}

/** @returns undefined where the object, or its controller, has not said so */
export function conditionOf(object: Conditioned | undefined, type: string): Condition | undefined {
  return object?.status?.conditions?.find((condition) => condition.type === type);
}

/** Of a pod, or a node. */
export function isReady(object: Conditioned): boolean {
  return conditionOf(object, 'Ready')?.status === 'True';
}
