import { lookup } from '../lookup';
import { mistakes } from '../validate';

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

/** Registry with a port, path, and a tag or a digest or both (distribution/reference, grammar). */
const PINNED =
  /^[A-Za-z0-9.-]+(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[\w][\w.-]{0,127}(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/;

/** What a namespace says of images. */
export interface ImageRules {
  readonly namespace: string;
  /** Beginnings that images may have. @default - all are allowed */
  readonly imagePrefixes?: readonly string[];
}

/** What the policies of the namespace and of the cluster would refuse: better said here. */
export function validateImage({ namespace, imagePrefixes }: ImageRules, image: string): string[] {
  return mistakes(
    !(PINNED.test(image) && !image.endsWith(':latest')) &&
      `image must be a registry and a name with a digest or a tag other than latest, which is another one tomorrow; name a release, got: '${image}'`,
    imagePrefixes &&
      !imagePrefixes.some((prefix) => image.startsWith(prefix)) &&
      `namespace ${namespace} allows images from ${imagePrefixes.join(', ')} only; copy the image there or add its registry to imagePrefixes of the tenant, got: '${image}'`,
  );
}
