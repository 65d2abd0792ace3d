import { workloadChanges } from '../../compare/objects';
import type { RiskRule } from '../risk';
import { newImages } from './images';

export const imageWithoutDigest: RiskRule = {
  id: 'AICC-RISK-011',
  level: 'info',
  title: 'image without digest',
  why: 'A tag may be another image tomorrow.',
  remedy: 'name the image by digest, or keep its tag immutable in the registry',
  check({ changes }) {
    return workloadChanges(changes)
      .flatMap(newImages)
      .filter(({ image }) => !image.includes('@sha256:'))
      .map(({ path, image, workload }) => ({ path, statement: `${workload} runs ${image}` }));
  },
};
