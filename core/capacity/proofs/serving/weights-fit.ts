import { deviceMemory, gib } from '../../device-memory';
import { isKnown } from '../../serving-plan';
import { servingProof } from './serving-proof';

export const weightsFit = servingProof(
  {
    id: 'AICC-SRV-003',
    title: 'weights fit the memory of a device',
    why:
      'What is known to be on each device is not more than the serving may use: else vLLM ' +
      'cannot start.',
  },
  ({ plan, server }) => {
    const { budget, weights, communication } = deviceMemory(plan, server);
    const { weightsGib } = plan.model;
    const limit = `${gib(budget.gib)} (${budget.terms} of ${server.accelerator.id})`;
    const remedy = 'use more NPUs a replica, smaller weights or more of the device memory';
    if (weights === undefined) {
      return {
        holds: true,
        statement: `size of the weights not known, ${limit}`,
        remedy,
        notProven: isKnown(weightsGib) ? '' : weightsGib.unknown,
      };
    }
    const needed = weights.gib + communication.gib;
    const holds = needed <= budget.gib;
    const more = communication.terms ? ` + ${communication.terms}` : '';
    return {
      holds,
      statement: `${weights.terms}${more} = ${gib(needed)}${weights.atLeast ? ' at least' : ''} a device ${holds ? '≤' : '>'} ${limit}`,
      remedy,
      ...(holds && weights.atLeast ? { notProven: weights.atLeast } : {}),
    };
  },
);
