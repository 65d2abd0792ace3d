import { COMPONENT_IMAGES } from '../../../../core/accelerator/mindcluster-images';
import { containersOf } from '../../../kubernetes/workloads';
import { workloadChanges } from '../../compare/objects';
import { about, type RiskContext, type RiskRule } from '../risk';

export const versionJump: RiskRule = {
  id: 'AICC-RISK-016',
  level: 'warning',
  title: 'provider or MindCluster version jump',
  why: 'A provider or MindCluster goes back, or over more than one minor release.',
  remedy: 'read the release notes; all components must be of one version',
  check: (context) => [providers(context), components(context)],
};

function providers({ changes }: RiskContext) {
  return changes.map(({ path, attributes }) =>
    attributes.map(({ path: attribute, before, after }) => {
      const name = /^terraform\.required_providers\.(.+)\.version$/.exec(attribute)?.[1];
      const how = name && jump(before, after);
      if (!how) return undefined;
      return {
        path,
        statement: `provider ${name} ${before} → ${after}: ${how}`,
        remedy: 'read its change log, plan every stack with it and keep the old state',
      };
    }),
  );
}

const IMAGE = /(?:^|\/)([a-z0-9-]+):([^@]+)/;

function components({ changes }: RiskContext) {
  return workloadChanges(changes).map(({ change, before, after }) => {
    const tags = (workload: typeof after) =>
      Object.values(workload?.templates ?? {})
        .flatMap(containersOf)
        .map(({ image = '' }) => IMAGE.exec(image))
        .flatMap((match) => (match?.[1] && isComponent(match[1]) ? [match] : []));
    return tags(after).map(([, name, tag]) => {
      const old = tags(before).find(([, other]) => other === name)?.[2];
      const how = jump(old, tag);
      return about(change, how ? `MindCluster ${name} ${old} → ${tag}: ${how}` : []);
    });
  });
}

function isComponent(image: string): boolean {
  return (Object.values(COMPONENT_IMAGES) as string[]).includes(image);
}

/** @returns what is unusual about a change of versions; undefined where nothing is */
function jump(before: unknown, after: unknown): string | undefined {
  const numbers = (text: unknown) =>
    typeof text === 'string'
      ? /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text)?.slice(1).map(Number)
      : undefined;
  const [was, is] = [numbers(before), numbers(after)];
  const [major = 0, minor = 0, patch = 0] = was ?? [];
  const [newMajor = 0, newMinor = 0, newPatch = 0] = is ?? [];
  if (!was || !is) return undefined;
  const order = newMajor - major || newMinor - minor || (newPatch || 0) - (patch || 0);
  if (order < 0) return 'back';
  if (newMajor > major) return 'another major release';
  return newMinor > minor + 1 ? `${newMinor - minor - 1} minor releases are skipped` : undefined;
}
