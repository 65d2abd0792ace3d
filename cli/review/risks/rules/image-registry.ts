import { TENANT_ANNOTATIONS } from '../../../../core/names';
import { changesOf, workloadChanges } from '../../compare/objects';
import { about, type RiskContext, type RiskRule } from '../risk';
import { knownRegistries, newImages, registryOf } from './images';

export const imageRegistry: RiskRule = {
  id: 'AICC-RISK-012',
  level: 'warning',
  title: 'image from a new registry',
  why: 'Images from where none came before, or tenants that may now have such.',
  remedy: 'check who publishes there',
  check: (context) => [running(context), allowed(context)],
};

function running({ changes, base }: RiskContext) {
  const images = workloadChanges(changes).flatMap(newImages);
  if (!base || images.length === 0) return [];
  const known = knownRegistries(base);
  return images
    .filter(({ image }) => !known.has(registryOf(image)))
    .map(({ path, image, workload }) => ({
      path,
      statement: `${workload} runs ${image}; nothing came from ${registryOf(image)} before`,
      remedy: 'check who publishes there, and that every server can pull from it',
    }));
}

function allowed({ changes }: RiskContext) {
  return changesOf(changes, 'Namespace').map(({ change, before, after }) => {
    const prefixes = (object: typeof after) =>
      object?.metadata?.annotations?.[TENANT_ANNOTATIONS.imagePrefixes]?.split(',');
    const old = prefixes(before);
    if (!before || !after || !old) return undefined;
    // Without the annotation every image is allowed.
    const added = (prefixes(after) ?? ['any registry']).filter((prefix) => !old.includes(prefix));
    return about(
      change,
      added.map((prefix) => `pods of ${change.name} may run images from ${prefix}`),
    );
  });
}
