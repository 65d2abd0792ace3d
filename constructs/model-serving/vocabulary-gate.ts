import type { V1Container } from '@kubernetes/client-node';
import type { Vocabulary } from '../../core/catalogue';
import { gateContainer } from './gate';
import { WEIGHTS_PATH } from './weights';

/** Waits inside, as the gate of weights does, and asks for what the tokenizer would ask for. */
const SCRIPT = `trap 'exit 1' TERM
until echo "$CHECKSUMS" | sha256sum --check --status 2> /dev/null; do
  echo "waiting for files with these checksums:"
  echo "$CHECKSUMS"
  sleep 15 & wait $!
done`;

/** Directory of a vocabulary in a container. */
export function vocabularyPath({ repository }: Vocabulary): string {
  return `${WEIGHTS_PATH}/${repository}`;
}

/**
 * Init container that lets a serving start once the vocabulary of its tokenizer is there, whole: vLLM looks for it
 * at the first chat only, and would be ready before.
 */
export function vocabularyGate(vocabulary: Vocabulary, image: string): V1Container {
  const checksums = vocabulary.files.map(
    ({ name, sha256 }) => `${sha256}  ${vocabularyPath(vocabulary)}/${name}`,
  );
  return gateContainer({
    name: 'vocabulary',
    image,
    script: SCRIPT,
    env: [{ name: 'CHECKSUMS', value: checksums.join('\n') }],
    volumeMounts: [{ name: 'weights', mountPath: WEIGHTS_PATH, readOnly: true }],
  });
}
