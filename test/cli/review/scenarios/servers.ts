import { all, options, phase, pool, type Scenario, share } from './scenario';

/** 50 servers instead of 40. */
const MORE = pool({ targetPetaflops: undefined, servers: 50 });
const AS_BEFORE = pool({ targetPetaflops: undefined, servers: 40 });

export const SERVER_SCENARIOS: readonly Scenario[] = [
  {
    name: 'nothing',
    change: () => {},
    exit: 0,
    risks: [],
    says: [/^## 🟢 Nothing changes\. <!--/],
  },
  {
    name: 'servers are added to the last phase',
    environment: 'phase-1000p',
    change: pool({ targetPetaflops: undefined, servers: 304 }, 'phase-1000p'),
    exit: 2,
    risks: [],
    says: [
      /\+24 servers, \+192 NPUs, \+60\.1 PF on tj-4/,
      /\| all clusters \| 400 → 424 \| 3,200 → 3,392 \| 1,001\.6 → 1,061\.7 \|/,
      /\+ 24 × Labels of Node tj-4-npu-281, tj-4-npu-282 … tj-4-npu-304/,
      /All 4 phases of the head synthesize/,
    ],
  },
  {
    name: 'servers without placements are taken away',
    from: MORE,
    change: AS_BEFORE,
    exit: 3,
    risks: [],
    says: [/−10 servers, −80 NPUs/, /destroyed \| 10 × Labels of Node/],
  },
  {
    name: 'servers with placements are taken away',
    from: all(MORE, share('tianda-zhitu', 128, 128)),
    change: all(AS_BEFORE, share('tianda-zhitu', 32, 40)),
    exit: 4,
    risks: ['AICC-RISK-001', 'AICC-RISK-018'],
    says: [/tj-1 loses .*, on which \d+ pods are placed/],
  },
  {
    name: 'a server is out of service',
    change: pool({ outOfService: ['tj-1-npu-001'] }),
    exit: 4,
    risks: ['AICC-RISK-018'],
    says: [/−8 NPUs usable on tj-1/, /tj-1 loses tj-1-npu-001/],
  },
  {
    name: 'more servers are kept as spare',
    change: pool({ spareServers: 6 }),
    exit: 2,
    risks: [],
    says: [/−16 NPUs usable on tj-1/, /headroom of tj-1 17 % → 12 %/],
  },
  {
    name: 'a phase is added',
    change: () => {},
    settings: { environment: 'phase-200p' },
    exit: 2,
    // Its models run in containers of the site's, whose registry tj-1 has, too.
    risks: ['AICC-RISK-011'],
    says: [
      /\+40 servers, \+320 NPUs, \+100\.16 PF, \+288 NPUs usable on tj-2/,
      /tenant beiyun-technology on tj-2 is new/,
      /phase-200p-cluster: \d+ to create<.*\n\n```diff\n# phase-200p-cluster\n\+ \d+ resources: [^\n]*\n```/,
    ],
  },
  {
    name: 'a phase is left out',
    change: () => {},
    environment: 'phase-200p',
    settings: { environment: 'phase-100p' },
    exit: 4,
    risks: ['AICC-RISK-017', 'AICC-RISK-018'],
    says: [
      /phase-200p is not in the head any more/,
      /its stack is gone from the output; it stays in the cluster until/,
    ],
  },
  {
    name: 'an admission policy only audits',
    change: options({ policyActions: { 'AICC-POL-001': 'Audit' } }),
    exit: 4,
    risks: ['AICC-RISK-021'],
    says: [/npu-scheduler\.aicc\.internal does not deny any more, only Audit/],
  },
  {
    name: 'a namespace may use the host',
    change: options({ hostAccessNamespaces: ['model-services', 'tianda-zhitu'] }),
    exit: 4,
    risks: ['AICC-RISK-021'],
    says: [/does not hold for namespace tianda-zhitu any more/],
  },
  {
    name: 'components come from another registry',
    change: options({ imageRegistry: 'registry.aicc.internal/ascendhub' }),
    exit: 2,
    risks: ['AICC-RISK-011', 'AICC-RISK-012'],
    says: [/nothing came from registry\.aicc\.internal\/ascendhub before/],
  },
  {
    name: 'a component is left to somebody else',
    change: options({ components: { npuExporter: 'external' } }),
    exit: 4,
    risks: ['AICC-RISK-017'],
    says: [
      /namespace npu-exporter \(no tenant\) is deleted with all in it/,
      /destroyed \| `phase-100p-cluster\/tj-1\/mindcluster\/npu-exporter` with .*DaemonSet/,
    ],
  },
  {
    name: 'MindCluster goes back to a release without published images',
    change: options({ mindclusterVersion: '26.0' }),
    exit: 4,
    risks: ['AICC-RISK-017'],
    says: [/namespace mindx-dl \(no tenant\) is deleted/, /tj-1\/mindcluster` with .*DaemonSet/],
  },
  {
    name: 'a cluster is reached by another context',
    change: () => {},
    settings: { contexts: { 'tj-1': 'admin@tj-1' } },
    exit: 2,
    risks: [],
    says: [/provider\.kubernetes\[0\]\.config_context: tj-1 → admin@tj-1/],
  },
  {
    name: 'the source of a phase is corrected: nothing that is synthesized',
    change: phase('phase-100p', () => ({ source: 'somewhere else' })),
    exit: 0,
    risks: [],
    says: [/Nothing changes/],
  },
];
