import type { V1Container } from '@kubernetes/client-node';
import type { Weights } from '../../../core/catalogue';
import { gateContainer } from '../gate';
import { COMPLETION_MARKER, WEIGHTS_PATH } from './layout';

/**
 * Waits inside, never by failing: LeaderWorkerSet takes a restarted init container for a failed group.
 * The shell is process 1, which is not stopped by a signal that it does not handle.
 */
const SCRIPT = `trap 'exit 1' TERM
until [ -f "$MARKER" ]; do
  echo "waiting for $MARKER: the weights are not complete"
  sleep 15 & wait $!
done`;

/** Init container that lets a serving start once its weights are complete. */
export function weightsGate({ repository }: Weights, image: string): V1Container {
  return gateContainer({
    name: 'weights',
    image,
    script: SCRIPT,
    env: [{ name: 'MARKER', value: `${WEIGHTS_PATH}/${repository}/${COMPLETION_MARKER}` }],
    volumeMounts: [{ name: 'weights', mountPath: WEIGHTS_PATH, readOnly: true }],
  });
}
