import { lookup } from '../lookup';
import type { TenantNamespace } from '../tenant-namespace';

/**
 * vllm-ascend release that the package was checked with; `-310p` and `-a3` images belong to those
 * chips (vllm-ascend docs, installation: v0.23.0 of August 2026).
 */
const IMAGE = 'quay.io/ascend/vllm-ascend:v0.23.0';
const IMAGE_SUFFIX: Readonly<Record<string, string>> = {
  '310P': '-310p',
  '910C-752': '-a3',
  '910C-560': '-a3',
};

/** Image of a serving with vLLM: the site's, or that of the release for the chip. */
export function imageFor(accelerator: string, image?: string): string {
  return image ?? `${IMAGE}${lookup(IMAGE_SUFFIX, accelerator) ?? ''}`;
}

/** A digest, or a tag: the colon of a tag has no `/` behind it, that of a port has. */
const PINNED = /@sha256:[0-9a-f]{64}$|:[^/]+$/;

/** What the policies of the namespace and of the cluster would refuse: better said here. */
export function validateImage(
  { namespace, imagePrefixes }: TenantNamespace,
  image: string,
): string[] {
  return [
    ...(PINNED.test(image) && !image.endsWith(':latest')
      ? []
      : [
          `image must have a digest or a tag other than latest, or it is another one tomorrow; name a release, got: '${image}'`,
        ]),
    ...(!imagePrefixes || imagePrefixes.some((prefix) => image.startsWith(prefix))
      ? []
      : [
          `namespace ${namespace} allows images from ${imagePrefixes.join(', ')} only; copy the image there or add its registry to imagePrefixes of the tenant, got: '${image}'`,
        ]),
  ];
}
