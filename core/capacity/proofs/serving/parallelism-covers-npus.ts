import { npusPerReplica, type Parallelism } from '../../serving-plan';
import { servingProof } from './serving-proof';

export const parallelismCoversNpus = servingProof(
  {
    id: 'AICC-SRV-001',
    title: 'ranks of a replica are as many as its NPUs',
    why:
      'Every device of a replica has exactly one rank: vLLM starts TP × PP × PCP processes for ' +
      'each data-parallel rank, and one that has no device cannot start.',
  },
  ({ plan }) => {
    const { parallelism, podsPerReplica: pods, npusPerPod } = plan;
    if (parallelism === undefined) return undefined;
    const { data, dataLocal } = parallelism;
    const npus = npusPerReplica(plan);
    const all = ranks(parallelism, data);
    const whole = `${all.terms} = ${all.count} ranks ${all.count === npus ? '=' : '≠'} ${npus} NPUs (${pods} × ${npusPerPod})`;
    if (dataLocal === undefined) {
      return {
        holds: all.count === npus,
        statement: whole,
        remedy: `choose TP × DP × PP × PCP = ${npus}, or ${all.count} NPUs a replica`,
      };
    }
    const own = ranks(parallelism, dataLocal);
    return {
      // All ranks are as many as all NPUs then.
      holds: own.count === npusPerPod && dataLocal * pods === data,
      statement: `${whole}; in a pod ${own.terms} = ${own.count} ranks ${own.count === npusPerPod ? '=' : '≠'} ${npusPerPod} NPUs; ${pods} pods × DP ${dataLocal} ${dataLocal * pods === data ? '=' : '≠'} DP ${data}`,
      remedy: `choose TP × DP × PP × PCP = ${npus} over all pods and ${npusPerPod} in each, with DP = ${pods} × local DP`,
    };
  },
);

/** Only what is divided is shown: `TP 4 × DP 2`. */
function ranks({ tensor, pipeline, prefillContext }: Parallelism, data: number) {
  const parts: [string, number][] = [
    ['DP', data],
    ['PP', pipeline],
    ['PCP', prefillContext],
  ];
  const shown = parts.filter(([, size]) => size !== 1).map(([name, size]) => `${name} ${size}`);
  return {
    count: tensor * data * pipeline * prefillContext,
    terms: [`TP ${tensor}`, ...shown].join(' × '),
  };
}
