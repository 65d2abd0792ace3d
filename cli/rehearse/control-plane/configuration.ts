import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { REHEARSAL_LABEL } from '../rehearsal-label';
import { moduleFolder } from './go-module';

/** Flags of a component beside KWOK's own, `{ 'kube-apiserver': { v: '2' } }`. */
export type ExtraFlags = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Label of a node that KWOK leaves alone: nobody speaks for it, as when its server is lost. */
export const LOST_LABEL = 'aicc.internal/lost';

const FLAGS: ExtraFlags = {
  // The quota controller may overwrite what admission has counted with less, from an older list of pods;
  // Kubernetes' default puts it right after five minutes.
  'kube-controller-manager': { 'resource-quota-sync-period': '5s' },
  'kwok-controller': {
    'manage-all-nodes': 'false',
    'manage-nodes-with-label-selector': `!${LOST_LABEL}`,
  },
};

/** What KWOK does of its own accord: upstream's stages of nodes and pods. */
const STAGES = [
  'node/fast/node-initialize',
  'node/heartbeat-with-lease/node-heartbeat-with-lease',
  'pod/fast/pod-ready',
  'pod/fast/pod-complete',
  'pod/fast/pod-delete',
];

interface Stage {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly selector: { readonly matchExpressions: object[] };
    delay?: { readonly durationMilliseconds: number };
  };
}

/**
 * Configuration of kwokctl: upstream's stages, but pods of Jobs with a label of ours go on running,
 * as work does; and flags of components.
 * @param readyAfter seconds until a pod is ready
 */
export async function kwokConfiguration(flags: ExtraFlags, readyAfter: number): Promise<string> {
  const sources = await moduleFolder('kwok', 'sigs.k8s.io/kwok');
  const stages = STAGES.map((name): Stage => {
    const file = join(sources, 'kustomize/stage', `${name}.yaml`);
    return parse(readFileSync(file, 'utf8'));
  });
  for (const { metadata, spec } of stages) {
    if (metadata.name === 'pod-ready' && readyAfter > 0) {
      spec.delay = { durationMilliseconds: readyAfter * 1000 };
    }
    if (metadata.name !== 'pod-complete') continue;
    spec.selector.matchExpressions.push({
      key: `.metadata.labels["${REHEARSAL_LABEL}"]`,
      operator: 'DoesNotExist',
    });
  }
  const components = [...new Set([...Object.keys(FLAGS), ...Object.keys(flags)])];
  const configuration = {
    apiVersion: 'config.kwok.x-k8s.io/v1alpha1',
    kind: 'KwokctlConfiguration',
    componentsPatches: components.map((name) => ({
      name,
      extraArgs: Object.entries({ ...FLAGS[name], ...flags[name] }).map(([key, value]) => ({
        key,
        value,
        // Appended: of a flag that is there twice, the last one counts.
        override: false,
      })),
    })),
  };
  return [configuration, ...stages].map((document) => stringify(document)).join('---\n');
}
