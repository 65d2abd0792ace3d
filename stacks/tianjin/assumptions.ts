import type { Assumption } from '../../constructs';

/** What the data says without a source. */
export const ASSUMPTIONS: readonly Assumption[] = [
  {
    about: 'accelerators and servers: Atlas 800T A2 with 8 Ascend 910B3 of 313 TFLOPS',
    reason:
      'the chip is not public; with this one every milestone is reached by a round number of servers',
  },
  {
    about: 'clusters tj-3 and tj-4',
    reason:
      'the source names a second 100-petaflop cluster; later it says only that capacity grew to 300 and that 1,000 are planned',
  },
  {
    about: 'three management servers a cluster (five for tj-4) and four NPU servers a rack',
    reason:
      'the layout of the halls is not public; three is the smallest number that outvotes one failure',
  },
  {
    about: 'servers kept free for failures: four of 40 (one rack) a cluster, eight of 280 on tj-4',
    reason:
      'not public; guarantees are to outlive the loss of any one rack, and tj-4 has seven times as many servers to repair',
  },
  {
    about: 'CPUs and memory that a server keeps for itself: 8 CPUs and 64 GiB',
    reason: 'kubelet, container runtime and daemons of the site are its own; not measured',
  },
  {
    about:
      'host names, network interface, addresses of the weights mirrors, StorageClass and registry of the site, allocations of tenants and replicas of models',
    reason:
      'not public; chosen so that the phases can be told apart and every sector of the source is served',
  },
  {
    about: 'tenants without a source in stacks/tianjin/tenants.ts',
    reason:
      'the source names sectors and scopes, few tenants; each of these stands for one of its sectors',
  },
  {
    about: 'groups, cost centres and registries of tenants; the phase with which a scope is opened',
    reason: 'not public; each tenant has groups, a cost centre and a registry path called after it',
  },
  {
    about:
      'images of models that vLLM does not serve (registry.aicc.internal/model-services/serving/…), their arguments, and port 8000 with /health',
    reason: 'no published image of them for Ascend was found: the centre builds its own',
  },
  {
    about:
      'the fourteen replaced models of stacks/tianjin/replacements.ts: models, days, clusters, limits',
    reason:
      'the source gives their number; they are a proposal, one a task, with models that had been released by then',
  },
  {
    about: 'vertical replacements that are under way: models, days and figures of their evidence',
    reason: 'the source names the three sectors and the intent; everything else is illustrative',
  },
  {
    about: 'gateways, their domains and certificates',
    reason: 'not public',
  },
  {
    about: 'which models run on which cluster',
    reason:
      'the source says DeepSeek 671B and six distilled models were offered in February 2025, not where',
  },
];
