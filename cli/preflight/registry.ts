import type { Check } from '../checks/check';
import { clashes } from './checks/clashes';
import { defaultPriority, foreignPods, foreignQueues } from './checks/foreign-workloads';
import { gatewayClasses, routeParents } from './checks/gateway';
import { kindSchemas } from './checks/kind-schemas';
import { kindsServed } from './checks/kinds-served';
import { leaderWorkerSetGang } from './checks/leader-worker-set';
import { nodesDeclared, nodesJoined, nodesReady, nodeTaints } from './checks/nodes';
import { prometheusSelects } from './checks/prometheus';
import { rights } from './checks/rights';
import { serverVersion } from './checks/server-version';
import { nodeDrivers, nodeForms, nodeLabels, nodeNpus, nodeSizes } from './checks/servers';
import {
  groupsKnown,
  kubeStateMetrics,
  metricsAdapter,
  siteNamespaces,
  storageClasses,
} from './checks/site';
import { volcanoConfiguration, volcanoRuns } from './checks/volcano';
import { volcanoRelease } from './checks/volcano-release';
import type { PreflightSubject } from './subject';

/** Everything that must hold before a phase is deployed, in the order of its ids. */
export const PREFLIGHT: readonly Check<PreflightSubject>[] = [
  serverVersion,
  kindsServed,
  kindSchemas,
  volcanoRuns,
  volcanoConfiguration,
  leaderWorkerSetGang,
  siteNamespaces,
  storageClasses,
  metricsAdapter,
  kubeStateMetrics,
  groupsKnown,
  prometheusSelects,
  gatewayClasses,
  routeParents,
  nodesJoined,
  nodesDeclared,
  nodesReady,
  nodeTaints,
  nodeNpus,
  nodeForms,
  nodeDrivers,
  nodeLabels,
  nodeSizes,
  rights,
  clashes,
  defaultPriority,
  foreignQueues,
  foreignPods,
  volcanoRelease,
];
