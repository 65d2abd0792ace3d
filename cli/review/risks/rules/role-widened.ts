import { isDeepStrictEqual } from 'node:util';
import type { V1PolicyRule } from '@kubernetes/client-node';
import { few } from '../../../few';
import { changesOf, namespaceOf, namespacesThat } from '../../compare/objects';
import { about, type RiskRule } from '../risk';

export const roleWidened: RiskRule = {
  id: 'AICC-RISK-006',
  level: 'warning',
  title: 'role widened',
  why: 'A role that is there allows something more.',
  remedy: 'check that all who have the role need it',
  check({ changes }) {
    const come = namespacesThat('come', changes);
    return changesOf(changes, 'Role', 'ClusterRole')
      .filter(({ change, before }) => before && !come.has(namespaceOf(change)))
      .map(({ change, before, after }) => {
        const old = before?.rules ?? [];
        if (isDeepStrictEqual(old, after?.rules)) return undefined;
        const added = permissions(after?.rules ?? []).filter(
          (permission) => !old.some((rule) => covers(rule, permission)),
        );
        if (added.length === 0) return undefined;
        return about(change, `${change.kind} ${change.name} may ${few(added.map(describe), 4)}`);
      });
  },
};

interface Permission {
  readonly verb: string;
  readonly group: string;
  /** Of an API group, or a URL. */
  readonly resource: string;
  /** @default - every object */
  readonly name?: string;
}

function permissions(rules: readonly V1PolicyRule[]): Permission[] {
  return rules.flatMap(
    ({ verbs, apiGroups = [], resources = [], nonResourceURLs = [], resourceNames }) =>
      verbs.flatMap((verb) => [
        ...apiGroups.flatMap((group) =>
          resources.flatMap((resource) =>
            resourceNames?.length
              ? resourceNames.map((name) => ({ verb, group, resource, name }))
              : [{ verb, group, resource }],
          ),
        ),
        ...nonResourceURLs.map((resource) => ({ verb, group: '', resource })),
      ]),
  );
}

function covers(rule: V1PolicyRule, { verb, group, resource, name }: Permission): boolean {
  const has = (list: readonly string[] | undefined, item: string) =>
    list?.includes('*') || list?.includes(item) || false;
  if (!has(rule.verbs, verb)) return false;
  if (resource.startsWith('/')) return has(rule.nonResourceURLs, resource);
  const named =
    !rule.resourceNames?.length || (name !== undefined && rule.resourceNames.includes(name));
  return has(rule.apiGroups, group) && has(rule.resources, resource) && named;
}

function describe({ verb, group, resource, name }: Permission): string {
  return `${verb} ${resource}${group ? `.${group}` : ''}${name ? ` ${name}` : ''}`;
}
