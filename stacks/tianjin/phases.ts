import type { NodePoolProps } from '../../constructs';
import type { ClusterGateway, Phase } from '../centre';

const CGTN =
  'news.cgtn.com/news/2025-06-26/Vlog-Explore-the-smart-brain-of-Tianjin-s-AI-Computing-Center';

/** Atlas 800T A2 with Ascend 910B3 and whole racks of spare servers: assumptions, see `assumptions.ts`. */
function npuPool(targetPetaflops: number, spareServers: number): NodePoolProps {
  return {
    name: 'npu',
    serverForm: 'atlas-800t-a2',
    accelerator: '910B3',
    targetPetaflops,
    spareServers,
    hostInterface: 'bond0',
  };
}

/** Envoy Gateway with keys of tenants; its domain and certificate are assumptions. */
function gatewayOf(cluster: string): ClusterGateway {
  return {
    domain: `models.${cluster}.aicc.internal`,
    gatewayClassName: 'envoy-gateway',
    tls: { secretName: 'models-tls' },
    envoyGateway: {},
  };
}

function phase(
  id: string,
  milestonePetaflops: number,
  inService: string,
  cluster: {
    name: string;
    adds: number;
    spareServers: number;
    managementServers: number;
    /** Address of its mirror of model weights. */
    mirror: string;
    gateway?: ClusterGateway;
  },
): Phase {
  const { name, adds, spareServers, managementServers, mirror, gateway } = cluster;
  return {
    id,
    milestonePetaflops,
    inService,
    source: CGTN,
    cluster: {
      name,
      pools: [npuPool(adds, spareServers)],
      managementServers,
      options: {
        weightsStorageClass: 'model-weights',
        // Models over several servers are on the network of the host.
        hostAccessNamespaces: ['model-services'],
      },
      weights: {
        mirror: { urlPrefix: `http://weights.${name}.aicc.internal/models`, cidr: `${mirror}/32` },
        image: 'registry.aicc.internal/model-services/curl:8.17.0',
      },
      ...(gateway ? { gateway } : {}),
    },
  };
}

/** Milestones and months are facts of the source; what a cluster consists of is assumed. */
export const PHASES: readonly Phase[] = [
  phase('phase-100p', 100, '2023-03', {
    name: 'tj-1',
    mirror: '10.1.0.5',
    adds: 100,
    spareServers: 4,
    managementServers: 3,
    gateway: gatewayOf('tj-1'),
  }),
  phase('phase-200p', 200, '2023-09', {
    name: 'tj-2',
    mirror: '10.2.0.5',
    adds: 100,
    spareServers: 4,
    managementServers: 3,
    gateway: gatewayOf('tj-2'),
  }),
  phase('phase-300p', 300, '2024-03', {
    name: 'tj-3',
    mirror: '10.3.0.5',
    adds: 100,
    spareServers: 4,
    managementServers: 3,
    gateway: gatewayOf('tj-3'),
  }),
  phase('phase-1000p', 1000, 'planned', {
    name: 'tj-4',
    mirror: '10.4.0.5',
    adds: 700,
    spareServers: 8,
    managementServers: 5,
  }),
];
