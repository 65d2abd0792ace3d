import { EPHEMERAL_CONTAINERS, newImages, POD_CREATION, POD_UPDATE } from '../cel';
import type { AdmissionPolicy } from '../policy';

/** A digest, or a tag but `latest`. The colon of a tag has no `/` behind it, that of a port has. */
const PINNED = 'i.contains("@") || (i.matches(":[^/]+$") && !i.endsWith(":latest"))';

export const imageTag: AdmissionPolicy = {
  id: 'AICC-POL-006',
  name: 'image-tag',
  title: 'images without tag or digest, and `latest`',
  why: 'What runs must be known: `latest`, which no tag means too, is another image tomorrow.',
  rules: [POD_CREATION, POD_UPDATE, EPHEMERAL_CONTAINERS],
  body: () => ({
    variables: newImages(),
    checks: [
      {
        rule: 'images have a digest or a tag other than latest; name a release',
        offenders: `variables.newImages.filter(i, !(${PINNED}))`,
      },
    ],
  }),
};
