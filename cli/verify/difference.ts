import { quantity } from '../../core/capacity/quantity';

/**
 * Fields of an object that are not as declared. What the API server and controllers have added is
 * none of it; quantities are compared by what they amount to, and lists without an order.
 *
 * @returns a line a field, `.spec.replicas is 3, declared 2`
 */
export function differences(declared: unknown, live: unknown, path = ''): string[] {
  if (declared === undefined || declared === null) return [];
  if (Array.isArray(declared)) return listDifferences(declared, live, path);
  if (typeof declared === 'object') {
    return Object.entries(declared).flatMap(([key, value]) =>
      differences(value, (live as Record<string, unknown> | undefined)?.[key], `${path}.${key}`),
    );
  }
  return sameScalar(declared, live)
    ? []
    : [`${path} is ${JSON.stringify(live) ?? 'not set'}, declared ${JSON.stringify(declared)}`];
}

function listDifferences(declared: readonly unknown[], live: unknown, path: string): string[] {
  // An empty list and none are the same.
  const there = Array.isArray(live) ? live : [];
  if (there.length !== declared.length) {
    return [`${path} has ${there.length} entries, declared ${declared.length}`];
  }
  return declared.flatMap((item, index) => {
    const same = there.some((other) => differences(item, other).length === 0);
    return same ? [] : differences(item, there[index], `${path}[${index}]`);
  });
}

function sameScalar(declared: unknown, live: unknown): boolean {
  if (declared === live) return true;
  // What is false, zero or empty may be left out.
  if (live === undefined) return declared === false || declared === '' || declared === 0;
  const [a, b] = [declared, live].map((value) => quantity(`${value}`));
  return a !== undefined && a === b;
}
