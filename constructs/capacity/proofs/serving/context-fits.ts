import { cachePerDevice, deviceMemory, gib } from '../../device-memory';
import { formatNumber } from '../../ledger';
import { isKnown } from '../../serving-plan';
import { servingProof } from './serving-proof';

/**
 * One request of the asked context has room in the key-value cache: vLLM refuses to start otherwise
 * ("max seq len is larger than the maximum number of tokens that can be stored in KV cache").
 */
export const contextFits = servingProof(
  { id: 'AICC-SRV-004', title: 'a request of the asked context fits the KV cache' },
  ({ plan, server }) => {
    const { model, parallelism } = plan;
    const { contextTokens, attention } = model;
    if (parallelism === undefined) return undefined;
    const remedy = 'ask for less context, or use more NPUs a replica';
    const unproven = (notProven: string, arithmetic: string) =>
      ({ holds: true, arithmetic, remedy, notProven }) as const;
    if (contextTokens === undefined) {
      return unproven('no context was asked for, and that of the model is not known', '0 tokens');
    }
    const asked = `${formatNumber(contextTokens)} tokens`;
    if (!isKnown(attention)) return unproven(attention.unknown, asked);
    const cache = cachePerDevice(attention.value, parallelism, contextTokens);
    const memory = deviceMemory(plan, server);
    if (memory.weights === undefined || memory.roomGib === undefined) {
      return unproven('the size of the weights is not known', `${cache.terms} = ${gib(cache.gib)}`);
    }
    // Weights that do not fit themselves: AICC-SRV-003 speaks of them.
    if (memory.roomGib < 0) return undefined;
    // The worker of the 310P gives the cache half of what is left (vllm_ascend/_310p/worker_310p.py, 182b75e).
    const halved = server.accelerator.id === '310P';
    const room = halved ? memory.roomGib / 2 : memory.roomGib;
    const holds = cache.gib <= room;
    const { atLeast } = memory.weights;
    return {
      holds,
      arithmetic: `${cache.terms} = ${gib(cache.gib)} a device ${holds ? '≤' : '>'} ${gib(room)}${halved ? ', half of what is' : ''} left by the weights`,
      remedy,
      ...(holds && atLeast ? { notProven: `the weights may leave less: ${atLeast}` } : {}),
    };
  },
);
