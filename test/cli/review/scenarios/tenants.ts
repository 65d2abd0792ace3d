import { all, type Scenario, share, tenant, withoutTenant } from './scenario';

const NANKAI = {
  name: 'nankai',
  displayName: 'Nankai University',
  sector: 'education',
  scope: 'city',
  allocations: { 'phase-100p': { guarantee: 8, ceiling: 8 } },
  groups: { developer: ['nankai-developers'] },
} as const;

const RETIRED = tenant('tianda-zhitu', () => ({ state: 'retired' }));

export const TENANT_SCENARIOS: readonly Scenario[] = [
  {
    name: 'a tenant is added',
    change: (draft) => {
      draft.tenants = [...draft.tenants, NANKAI];
    },
    exit: 2,
    risks: [],
    says: [
      /tenant nankai on tj-1 is new: 8 NPUs guaranteed, 8 at most/,
      /headroom of tj-1 17 % → 14 % \(40 NPUs free\)/,
      /# nankai\n\+ \d+ resources: .*Namespace/,
    ],
  },
  {
    name: 'a tenant is enlarged',
    change: share('tianda-zhitu', 48, 56),
    exit: 2,
    risks: [],
    says: [
      /tenant tianda-zhitu on tj-1: \+16 NPUs guaranteed \(32 → 48\), \+16 NPUs at most/,
      /spec\.hard\[requests\.huawei\.com\/Ascend910\]: 40 → 56/,
    ],
  },
  {
    name: 'a tenant is sold more than there is',
    change: share('tianda-zhitu', 128, 128),
    settings: { failedProofs: 'write' },
    exit: 4,
    risks: [],
    says: [
      /Stop: \d proofs? failed \(AICC-CAP-003/,
      /The phase of the head synthesizes, \d+ proofs hold; phase-100p: \d failed/,
      /\| passed → failed \| `AICC-CAP-003`/,
      /headroom of tj-1 17 % → -17 % \(-48 NPUs free\)/,
    ],
  },
  {
    name: 'a tenant is sold more than a later phase has',
    environment: 'phase-300p',
    change: share('tianda-zhitu', 640, 640, 'phase-300p'),
    settings: { environment: 'phase-300p', failedProofs: 'write' },
    exit: 4,
    risks: [],
    says: [
      /All 3 phases of the head synthesize, \d+ proofs hold; phase-300p: \d failed/,
      /\| passed → failed \| `AICC-CAP-003`.*`phase-300p-cluster/,
    ],
  },
  {
    name: 'a tenant is made smaller, within what it was sold',
    change: share('tianda-zhitu', 16, 40),
    exit: 2,
    risks: [],
    says: [/tenant tianda-zhitu on tj-1: −16 NPUs guaranteed \(32 → 16\)/],
  },
  {
    name: 'a tenant may hold less than it was sold',
    change: share('tianda-zhitu', 8, 16),
    exit: 4,
    risks: ['AICC-RISK-001'],
    says: [/Stop: 1 risk of level error \(AICC-RISK-001\)/, /40 → 16 NPUs &lt; 32 sold until now/],
  },
  {
    name: 'the same, accepted by whoever answers for it',
    change: all(share('tianda-zhitu', 8, 16), (draft) => {
      draft.acknowledgements = [
        {
          path: 'phase-100p-tenants/tianda-zhitu',
          id: 'AICC-RISK-001',
          reason: 'the tenant has moved to tj-4',
          until: '2026-12-31',
        },
      ];
    }),
    exit: 2,
    risks: ['AICC-RISK-001'],
    says: [/\| accepted \| `AICC-RISK-001`.*accepted until 2026-12-31: the tenant has moved/],
  },
  {
    name: 'the same, accepted until yesterday',
    change: all(share('tianda-zhitu', 8, 16), (draft) => {
      draft.acknowledgements = [
        {
          path: 'phase-100p-tenants/tianda-zhitu',
          id: 'AICC-RISK-001',
          reason: 'the tenant has moved to tj-4',
          until: '2026-11-23',
        },
      ];
    }),
    exit: 4,
    risks: ['AICC-RISK-001'],
    says: [/Acknowledgement of `AICC-RISK-001` at `.*tianda-zhitu` has expired/],
  },
  {
    name: 'a tenant is retired: its quota goes, its namespace stays',
    change: RETIRED,
    exit: 3,
    risks: [],
    says: [/tenant tianda-zhitu on tj-1: .*active → retired/, /destroyed \| .*RoleBinding/],
  },
  {
    name: 'a retired tenant is removed',
    from: RETIRED,
    change: withoutTenant('tianda-zhitu'),
    exit: 3,
    risks: [],
    says: [
      /tenant tianda-zhitu on tj-1 is gone: .*\(retired\)/,
      /destroyed \| `phase-100p-tenants\/tianda-zhitu` with \d+ resources/,
    ],
  },
  {
    name: 'a tenant is removed that was never retired',
    change: withoutTenant('tianda-zhitu'),
    exit: 4,
    risks: ['AICC-RISK-017'],
    says: [/namespace tianda-zhitu \(tenant tianda-zhitu, active\) is deleted with all in it/],
  },
  {
    name: 'a namespace is renamed',
    change: tenant('tianda-zhitu', () => ({ name: 'tianda' })),
    exit: 4,
    risks: ['AICC-RISK-017'],
    says: [/tenant tianda on tj-1 is new/, /tenant tianda-zhitu on tj-1 is gone/],
  },
  {
    name: 'a tenant is cordoned',
    change: tenant('tianda-zhitu', () => ({ state: 'cordoned' })),
    exit: 2,
    risks: [],
    says: [/tenant tianda-zhitu on tj-1: active → cordoned/],
  },
  {
    name: 'Pod Security of a tenant is lowered',
    change: tenant('tianda-zhitu', () => ({ podSecurity: 'baseline' })),
    exit: 4,
    risks: ['AICC-RISK-005'],
    says: [/tianda-zhitu enforces baseline instead of restricted/],
  },
  {
    name: 'a group gets a role in a tenant',
    change: tenant('tianda-zhitu', ({ groups }) => ({
      groups: { ...groups, developer: [...(groups?.developer ?? []), 'contractors'] },
    })),
    exit: 2,
    risks: ['AICC-RISK-007'],
    says: [/Group contractors gets Role developer in tianda-zhitu/],
  },
  {
    name: 'another group gets a role in a tenant instead',
    change: tenant('tianda-zhitu', ({ groups }) => ({ groups: { ...groups, viewer: ['others'] } })),
    exit: 2,
    risks: ['AICC-RISK-007'],
    says: [/Group others gets Role viewer/, /- {3}subjects\[tianda-zhitu-viewers\]/],
  },
  {
    name: 'a tenant may call an endpoint outside',
    change: tenant('tianda-zhitu', () => ({
      targets: [{ name: 'data', cidr: '10.9.8.0/24', ports: [443] }],
    })),
    exit: 2,
    risks: ['AICC-RISK-003'],
    says: [/allows to 10\.9\.8\.0\/24, TCP 443/],
  },
  {
    name: 'two tenants become peers',
    change: all(
      tenant('tianda-zhitu', () => ({ peers: ['university-alliance'] })),
      tenant('university-alliance', () => ({ peers: ['tianda-zhitu'] })),
    ),
    exit: 2,
    risks: ['AICC-RISK-003'],
    says: [/allows from all pods of namespaces/],
  },
  {
    name: 'a tenant may run images from another registry',
    change: tenant('tianda-zhitu', ({ imagePrefixes = [] }) => ({
      imagePrefixes: [...imagePrefixes, 'docker.io/library/'],
    })),
    exit: 2,
    risks: ['AICC-RISK-012'],
    says: [/pods of tianda-zhitu may run images from docker\.io\/library\//],
  },
  {
    name: 'the term of a tenant is extended',
    from: tenant('tianda-zhitu', () => ({ expiry: '2027-06-30' })),
    change: tenant('tianda-zhitu', () => ({ expiry: '2028-06-30' })),
    exit: 2,
    risks: ['AICC-RISK-020'],
    says: [/tianda-zhitu keeps 32 NPUs until 2028-06-30 instead of 2027-06-30/],
  },
  {
    name: 'the term of a tenant is cut',
    from: tenant('tianda-zhitu', () => ({ expiry: '2028-06-30' })),
    change: tenant('tianda-zhitu', () => ({ expiry: '2027-06-30' })),
    exit: 2,
    risks: [],
    says: [/tenant tianda-zhitu on tj-1: last day 2028-06-30 → 2027-06-30/],
  },
  {
    name: 'the display name of a tenant is corrected',
    change: tenant('tianda-zhitu', () => ({ displayName: 'TianDa ZhiTu' })),
    exit: 0,
    risks: [],
    says: [/Safe: 1 with only labels/, /Folded: 1 annotation, in 1 resource: Namespace/],
  },
  {
    name: 'another department pays for a tenant',
    change: tenant('tianda-zhitu', () => ({ costCentre: 'haihe-qibo' })),
    exit: 2,
    risks: [],
    says: [/metadata\.labels\[aicc\.internal\/cost-centre\]: tianda-zhitu → haihe-qibo/],
  },
  {
    name: 'namespaces of tenants are not protected any more',
    change: () => {},
    settings: { protectTenants: false },
    exit: 2,
    risks: ['AICC-RISK-022'],
    says: [/the API server and Terraform would delete tianda-zhitu/],
  },
];
