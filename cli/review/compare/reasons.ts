import type { SynthesizedResource } from '../input/output';
import type { AttributeChange } from './change';
import type { CodePair, Seen } from './seen';
import { readable } from './treat';

function isImmutable({ view }: Seen): boolean {
  return view.object?.immutable === true;
}

type Lifecycle = { readonly lifecycle?: { readonly prevent_destroy?: boolean } };

function isProtected({ resource }: Seen<SynthesizedResource>): boolean {
  return (resource.attributes as Lifecycle).lifecycle?.prevent_destroy === true;
}

/** Why a resource on both sides is destroyed and created again. @returns nothing where it is not */
export function whyReplaced(
  { before, after, moved }: CodePair,
  attributes: readonly AttributeChange[],
): string[] {
  if (!before || !after) return [];
  const reasons = attributes.filter(({ replaces }) => replaces).map(describeCause);
  const [from, to] = [before.resource, after.resource];
  if (from.type !== to.type) {
    reasons.push(`its type changes from ${from.type} to ${to.type}`);
  } else if (from.address !== to.address && !moved) {
    reasons.push(`its address changes from ${from.address} and no moved block says so`);
  }
  if (isImmutable(before) && attributes.some(({ path }) => /^(data|binaryData)\b/.test(path))) {
    reasons.push('immutable: its data cannot be changed in place');
  }
  // What stands in the configuration now decides, not what stood there.
  if (reasons.length > 0 && isProtected(after)) {
    reasons.push('prevent_destroy is set: Terraform refuses the plan');
  }
  return reasons;
}

export function whyDestroyed(before: Seen<SynthesizedResource>, stackGone: boolean): string[] {
  return [
    stackGone
      ? 'its stack is gone from the output; it stays in the cluster until `cdktf destroy`'
      : 'it is gone from the output',
    ...(isProtected(before) ? ['its prevent_destroy goes with it and keeps nothing'] : []),
  ];
}

export function describeCause({ path, before, after, treatment }: AttributeChange): string {
  if (treatment === 'masked') return `${path} changes (sensitive)`;
  const text = (value: unknown) => (value === undefined ? 'nothing' : readable(value));
  return `${path} changes: ${text(before)} → ${text(after)}`;
}
