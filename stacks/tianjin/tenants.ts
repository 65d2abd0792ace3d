import type { Allocation, Tenant } from '../centre';

/** NPUs on a cluster; why, where they are fewer than on an earlier one. Nothing where absent. */
type Share = readonly [guarantee: number, ceiling: number, shrinkReason?: string] | undefined;

/** Shares on `phase-100p`, `-200p`, `-300p` and `-1000p`. */
function allocations(...shares: readonly Share[]): Record<string, Allocation> {
  const ids = ['phase-100p', 'phase-200p', 'phase-300p', 'phase-1000p'];
  return Object.fromEntries(
    shares.flatMap((share, index) => {
      const id = ids[index];
      if (!share || !id) return [];
      const [guarantee, ceiling, shrinkReason] = share;
      return [[id, { guarantee, ceiling, ...(shrinkReason ? { shrinkReason } : {}) }]];
    }),
  );
}

const ENTRIES: readonly Tenant[] = [
  {
    name: 'model-services',
    displayName: 'Model services of the centre',
    sector: 'centre',
    scope: 'city',
    podSecurity: 'privileged',
    privilegedReason:
      'models over several servers need the network of the host and /etc/hccn.conf (HCCL)',
    storage: { totalGib: 8192 },
    allocations: allocations(
      [96, 112],
      [64, 80, 'the distilled models that all share stay on tj-1'],
      [72, 80],
      [256, 304],
    ),
  },
  {
    name: 'tianjin-normal-university',
    displayName: 'Tianjin Normal University',
    sector: 'education',
    scope: 'city',
    source: 'news.cgtn.com/news/2025-06-26',
    allocations: allocations([32, 48], undefined, [32, 48], [64, 96]),
  },
  {
    name: 'tianda-zhitu',
    displayName: 'TianDa ZhiTu (Haihe-Qibo)',
    sector: 'enterprise',
    scope: 'city',
    source: 'cbgc.scol.com.cn/news/5967200',
    allocations: allocations([32, 40], undefined, undefined, [96, 128]),
  },
  {
    name: 'beiyun-technology',
    displayName: 'Beiyun Technology',
    sector: 'enterprise',
    scope: 'region',
    source: 'tj.people.com.cn/BIG5/n2/2025/0612/c375366-41257127.html',
    allocations: allocations(undefined, [64, 80], undefined, [128, 160]),
  },
  {
    name: 'district-government-services',
    displayName: 'Government services, Hebei District',
    sector: 'government-services',
    scope: 'district',
    allocations: allocations([16, 24], undefined, undefined, [32, 48]),
  },
  {
    name: 'city-government-services',
    displayName: 'Government services, Tianjin',
    sector: 'government-services',
    scope: 'city',
    allocations: allocations(undefined, undefined, [48, 56], [160, 200]),
  },
  {
    name: 'district-urban-governance',
    displayName: 'Urban governance, Hebei District',
    sector: 'urban-governance',
    scope: 'district',
    allocations: allocations([16, 24], undefined, undefined, [32, 48]),
  },
  {
    name: 'city-urban-governance',
    displayName: 'Urban governance, Tianjin',
    sector: 'urban-governance',
    scope: 'city',
    allocations: allocations(undefined, undefined, [48, 56], [200, 240]),
  },
  {
    name: 'traffic-signals',
    displayName: 'Smart transportation: traffic signals',
    sector: 'smart-transportation',
    scope: 'city',
    allocations: allocations(undefined, [32, 40], undefined, [128, 160]),
  },
  {
    name: 'public-transport',
    displayName: 'Smart transportation: public transport',
    sector: 'smart-transportation',
    scope: 'city',
    allocations: allocations(undefined, undefined, [32, 40], [96, 128]),
  },
  {
    name: 'university-alliance',
    displayName: 'Universities of the city',
    sector: 'education',
    scope: 'city',
    allocations: allocations([48, 64], [48, 64], undefined, [160, 192]),
  },
  {
    name: 'port-logistics',
    displayName: 'Port logistics',
    sector: 'enterprise',
    scope: 'region',
    allocations: allocations(undefined, [48, 56], undefined, [128, 160]),
  },
  {
    name: 'manufacturing-upgrade',
    displayName: 'Upgrading of traditional industries',
    sector: 'enterprise',
    scope: 'region',
    allocations: allocations(undefined, undefined, [40, 48], [320, 368]),
  },
];

/**
 * Who uses the centre. Those with a source are named publicly; the others stand for a sector of the
 * source. All allocations are assumptions.
 */
export const TENANTS: readonly Tenant[] = ENTRIES.map((tenant) => ({
  ...tenant,
  costCentre: tenant.name,
  groups: {
    viewer: [`${tenant.name}-viewers`],
    developer: [`${tenant.name}-developers`],
    owner: [`${tenant.name}-owners`],
  },
  imagePrefixes: ['quay.io/ascend/', `registry.aicc.internal/${tenant.name}/`],
}));
