import { TENANT_ANNOTATIONS } from '../../../../core/names';
import {
  annotation,
  commaSeparated,
  EPHEMERAL_CONTAINERS,
  isAnnotated,
  newImages,
  POD_CREATION,
  POD_UPDATE,
} from '../cel';
import type { AdmissionPolicy } from '../policy';

/**
 * A prefix ends where a part of the path ends: `registry.example` stands for `registry.example/…`,
 * not for `registry.example.evil/…`. A tag may follow only behind a `/`: before it, `:` is a port.
 */
const MATCHES = [
  'i.startsWith(p.endsWith("/") ? p : p + "/")',
  '(p.contains("/") && (i == p || i.startsWith(p + ":") || i.startsWith(p + "@")))',
].join(' || ');

/** Images may change while a pod lives; what it had before is not looked at again. */
export const imagePrefixes: AdmissionPolicy = {
  id: 'AICC-POL-003',
  name: 'image-prefixes',
  title: 'images from other places than the namespace allows',
  why:
    'A tenant runs what comes from registries that it was allowed: what others publish is ' +
    'looked at by nobody.',
  rules: [POD_CREATION, POD_UPDATE, EPHEMERAL_CONTAINERS],
  body: () => ({
    variables: [
      ...newImages(),
      {
        name: 'prefixes',
        expression: commaSeparated(annotation(TENANT_ANNOTATIONS.imagePrefixes)),
      },
    ],
    checks: [
      {
        rule: `images come from a prefix of the namespace's annotation ${TENANT_ANNOTATIONS.imagePrefixes}; copy them there and name them in full`,
        offenders: `${isAnnotated(TENANT_ANNOTATIONS.imagePrefixes)} ? variables.newImages.filter(i, !variables.prefixes.exists(p, ${MATCHES})) : []`,
      },
    ],
  }),
};
