import { servingProof } from './serving-proof';

export const podsHaveAllowedNpus = servingProof(
  {
    id: 'AICC-SRV-006',
    title: 'server forms allow the NPUs of a pod',
    why:
      'MindCluster admits only some numbers of NPUs a pod on each server form; others wait for ' +
      'ever.',
  },
  ({ plan, server }) => {
    const { podNpuCounts: allowed, title } = server.form;
    const holds = allowed.includes(plan.npusPerPod);
    return {
      holds,
      statement: `${plan.npusPerPod} NPUs a pod ${holds ? '∈' : '∉'} {${allowed.join(', ')}} of ${title}`,
      remedy: `use ${allowed.join(', ')} NPUs a pod`,
    };
  },
);
