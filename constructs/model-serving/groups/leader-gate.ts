import type { V1Container } from '@kubernetes/client-node';
import { gateContainer } from '../gate';

/** User of what needs no right at all; HwHiAiUser, which the images of vllm-ascend have as 1000. */
const USER = 1000;

/**
 * Waits until something takes connections where the leader of the group meets its workers. Inside, never by
 * failing: LeaderWorkerSet takes a restarted init container for a failed group. `/dev/tcp` is bash's.
 */
const SCRIPT = `trap 'exit 1' TERM
until timeout 5 bash -c ': < "/dev/tcp/$0/$1"' "$LWS_LEADER_ADDRESS" "$LEADER_PORT" 2> /dev/null; do
  echo "waiting for $LWS_LEADER_ADDRESS:$LEADER_PORT: the leader of the group does not take workers yet"
  sleep 5 & wait $!
done`;

/**
 * Init container that lets a worker of a group start once its leader listens for it. vLLM itself waits 5 minutes
 * for an answer of the leader, which no setting changes, and then ends with exit code 0 (vllm 0.23.0
 * vllm/v1/engine/core.py, `HANDSHAKE_TIMEOUT_MINS`): with `RecreateGroupOnPodRestart` the whole group would be
 * thrown away again and again while one server pulls its image. The leader listens before it starts engines, and
 * waits for workers without limit (`launch_core_engines`).
 *
 * It has no clock of its own: the startup probe of the leader ends a group that never comes together.
 */
export function leaderGate(image: string, port: number): V1Container {
  return gateContainer({
    name: 'leader',
    image,
    shell: '/bin/bash',
    script: SCRIPT,
    user: USER,
    env: [{ name: 'LEADER_PORT', value: `${port}` }],
  });
}
