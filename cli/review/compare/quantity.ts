import { quantity } from '../../../core/capacity/quantity';

/** Where Kubernetes writes quantities: below these maps, and at these fields. */
const QUANTITY_PATH =
  /(^|\.)(limits|requests|hard|capability|deserved|guarantee\.resource|default|defaultRequest|max|min|capacity|overhead)(\.[^.[]+|\[[^\]]+\])$|\.(sizeLimit|storage|averageValue|divisor)$/;

/** Whether the attribute at a path is a quantity of Kubernetes, `1Ti` or `500m`. */
export function isQuantityPath(path: string): boolean {
  return QUANTITY_PATH.test(path);
}

/** Whether two texts are the same quantity: `1Ti` and `1024Gi`. */
export function sameQuantity(before: unknown, after: unknown): boolean {
  return quantity(String(before)) === quantity(String(after));
}
