import type { Output } from '../input/output';

const LABEL_MAPS = new Set(['match_labels', 'matchLabels', 'node_selector', 'nodeSelector']);
const EXPRESSIONS = new Set(['match_expressions', 'matchExpressions']);

/**
 * Labels that a selector anywhere in an output names: such a label decides which pods, nodes or
 * namespaces are meant.
 */
export function selectedLabels(output: Output | undefined): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const { resources } of output?.stacks.values() ?? []) {
    for (const { attributes } of resources.values()) walk(attributes, labels);
  }
  return labels;
}

function walk(value: unknown, labels: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') walk(item, labels);
    return;
  }
  const tree = value as Readonly<Record<string, unknown>> | null;
  for (const key in tree) {
    const item = tree[key];
    if (typeof item !== 'object') continue;
    if (isLabelMap(key, item)) {
      for (const label of Object.keys(item)) labels.add(label);
    } else if (EXPRESSIONS.has(key) && Array.isArray(item)) {
      for (const { key: label } of item as { key?: string }[]) if (label) labels.add(label);
    } else {
      walk(item, labels);
    }
  }
}

/** `selector` of a Service is a map of labels; of a Deployment it holds one. */
function isLabelMap(key: string, item: unknown): item is Record<string, string> {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false;
  if (LABEL_MAPS.has(key)) return true;
  return key === 'selector' && Object.values(item).every((value) => typeof value === 'string');
}
