import { cachePerDevice, deviceMemory, gib } from '../../device-memory';
import { formatNumber } from '../../inventory';
import { isKnown } from '../../serving-plan';
import { servingProof } from './serving-proof';

export const contextFits = servingProof(
  {
    id: 'AICC-SRV-004',
    title: 'a request of the asked context fits the KV cache',
    why:
      'One request of the asked context has room in the key-value cache: vLLM refuses to start ' +
      'otherwise ("max seq len is larger than the maximum number of tokens that can be stored ' +
      'in KV cache").',
  },
  ({ plan, server }) => {
    const { model, parallelism } = plan;
    const { contextTokens, attention } = model;
    if (parallelism === undefined) return undefined;
    const remedy = 'ask for less context, or use more NPUs a replica';
    const unproven = (notProven: string, statement: string) =>
      ({ holds: true, statement, remedy, notProven }) as const;
    if (contextTokens === undefined) {
      return unproven('no context was asked for, and that of the model is not known', '0 tokens');
    }
    const asked = `${formatNumber(contextTokens)} tokens`;
    if (!isKnown(attention)) return unproven(attention.unknown, asked);
    const cache = cachePerDevice(attention.value, parallelism, contextTokens);
    const memory = deviceMemory(plan, server);
    const { weights, roomGib, cacheRoomGib } = memory;
    if (weights === undefined || roomGib === undefined || cacheRoomGib === undefined) {
      return unproven('the size of the weights is not known', `${cache.terms} = ${gib(cache.gib)}`);
    }
    // Weights that do not fit themselves: AICC-SRV-003 speaks of them.
    if (roomGib < 0) return undefined;
    const holds = cache.gib <= cacheRoomGib;
    const share = cacheRoomGib < roomGib ? `, what is given to it of ${gib(roomGib)}` : '';
    const { atLeast } = weights;
    return {
      holds,
      statement: `${cache.terms} = ${gib(cache.gib)} a device ${holds ? '≤' : '>'} ${gib(cacheRoomGib)}${share} left by the weights`,
      remedy,
      ...(holds && atLeast ? { notProven: `the weights may leave less: ${atLeast}` } : {}),
    };
  },
);
