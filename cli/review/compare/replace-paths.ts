/**
 * Whether a path of Terraform (`spec`, 0, `selector`, 0, `match_labels`) is, or holds, an attribute that
 * is called as in Kubernetes (`spec.selector.matchLabels[app]`).
 */
export function forces(planned: readonly (string | number)[], path: string): boolean {
  const wanted = planned.filter((part) => typeof part === 'string').map(plain);
  let found = 0;
  for (const [, name, element] of path.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)) {
    if (found === wanted.length) break;
    if (plain(name ?? element ?? '') === wanted[found]) found++;
    // An element of a list is a number in Terraform, and its name here.
    else if (name !== undefined) return false;
  }
  return wanted.length > 0 && found === wanted.length;
}

/** `match_labels` and `matchLabels`; `container` and `containers`; `policy` and `policies`. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/ies$/, 'y')
    .replace(/s$/, '');
}
