import type { Centre } from '../../../../stacks/centre';
import { tianjin } from '../../../../stacks/tianjin';

/** One phase of two servers with one tenant beside the model services, and one model. */
export function smallCentre(): Centre {
  const [phase] = tianjin.phases;
  const [services, university] = tianjin.tenants;
  if (!phase || !services || !university) throw new Error('the centre is empty');
  const pool = { name: 'npu', serverForm: 'atlas-800t-a2', accelerator: '910B3', servers: 2 };
  return {
    ...tianjin,
    phases: [
      {
        ...phase,
        milestonePetaflops: 5,
        cluster: { ...phase.cluster, pools: [pool as never], managementServers: 1 },
      },
    ],
    tenants: [
      { ...services, allocations: { [phase.id]: { guarantee: 4, ceiling: 8 } } },
      { ...university, allocations: { [phase.id]: { guarantee: 4, ceiling: 8 } } },
    ],
    servings: [{ phase: phase.id, tenant: services.name, model: 'qwen3-8b', replicas: 2 }],
    scopes: {} as never,
    lock: {},
  };
}
