import { Labels } from '@cdktf/provider-kubernetes/lib/labels';
import { Construct } from 'constructs';
import {
  devicePluginLabels,
  MANAGEMENT_NODE_LABELS,
  MANAGEMENT_SERVER,
  type MindClusterVersion,
  npuNodeLabels,
  WORKER_NODE_LABELS,
} from '../../core/accelerator';
import {
  type ClusterInventory,
  type ComponentEntry,
  type HostEntry,
  type ProofResult,
  type ReplacementEntry,
  type ServingPlan,
  servingEntry,
  type TenantEntry,
} from '../../core/capacity';
import { type NodePool, type NodePoolProps, poolEntry } from '../../core/capacity/node-pool';
import { FIELD_MANAGER, POOL_LABEL, RACK_LABEL } from '../../core/names';
import type { DnsLabel, DnsSubdomain, IpAddress } from '../../core/schema/types';
import { validateLabels } from '../../core/validate';
import { checkProps, refuseWrong, wrongKeys } from '../check-props';
import { addProofs, proofsChanged, proofsOf } from '../proofs';
import { AdmissionPolicies, type PolicyAction, validateActions } from './admission';
import {
  nodeCount,
  runsDevicePlugin,
  validateComponents,
  validateHostNames,
  validateKubernetes,
  validatePools,
  validateSize,
} from './checks';
import { validateChips } from './chips';
import { DeclaredCapacity } from './declared-capacity';
import {
  type ComponentNamespaceName,
  type Components,
  IMAGE_REGISTRY,
  MindCluster,
  managedComponents,
} from './mindcluster';
import { Monitoring, type MonitoringOptions, resolveThresholds } from './monitoring';
import { PRIORITIES, PriorityLadder } from './priorities';
import { resolvePools } from './resolve-pool';

/** @title cluster */
export interface ComputeClusterProps {
  /** DNS label, unique in the centre; the first part of generated host names. */
  readonly clusterName: DnsLabel;
  /** Expansion step that adds the cluster, a DNS label; written into `kube-public/declared-capacity`. @default - none */
  readonly phase?: DnsLabel;
  /**
   * Pools of NPU servers, one at least. One chip type for each resource name; with a managed device plugin
   * one for each family (`huawei.com/Ascend910`, `huawei.com/Ascend310P`).
   * @minItems 1
   */
  readonly pools: readonly NodePoolProps[];
  /**
   * Host names of CPU servers for management and gateways; they are counted apart.
   * @default - none
   */
  readonly managementHosts?: readonly DnsSubdomain[];
  /**
   * Release of all MindCluster components; it decides on the node labels, too. Before 26.1 the site runs all
   * of them, and a Volcano of its own (docs/hosts.md, "Volcano").
   * @default '26.1'
   */
  readonly mindclusterVersion?: MindClusterVersion;
  /** Release of Kubernetes, `1.34` or `1.34.4`. @default '1.34' */
  readonly kubernetesVersion?: string;
  /**
   * Who runs each component: this construct, or somebody else.
   * @default - managed since 26.1, external before
   */
  readonly components?: Components;
  /**
   * Namespaces of components that somebody else makes: `mindx-dl` and `cluster-system` where upstream's
   * chart installs the operators or Volcano. They must be there, and admit privileged pods.
   * @default - none: those of managed components are made here
   */
  readonly externalNamespaces?: readonly ComponentNamespaceName[];
  /**
   * Prefix of the component images, without a slash at its end. @default IMAGE_REGISTRY
   * @format image-registry
   */
  readonly imageRegistry?: string;
  /**
   * StorageClass for model weights that many nodes can mount (ReadWriteMany); the site provides it.
   * @default - none: weights cannot be claimed
   */
  readonly weightsStorageClass?: DnsSubdomain;
  /**
   * Addresses of a DNS cache on the host network (NodeLocal DNSCache), which tenants may ask.
   * @default - none: DNS is answered by pods of kube-system
   */
  readonly dnsAddresses?: readonly IpAddress[];
  /**
   * Namespaces of tenants whose pods may use network, ports and folders of the host.
   * @default - none
   */
  readonly hostAccessNamespaces?: readonly DnsLabel[];
  /**
   * Action by id of an admission policy, for those that are not to deny yet.
   * @default - Deny for all
   */
  readonly policyActions?: Readonly<Record<string, PolicyAction>>;
  /** Where metrics are gathered, and when to alert. @default - namespace `monitoring` */
  readonly monitoring?: MonitoringOptions;
  /**
   * Whether nodes are labelled by this construct. Labels are patched a key at a time with a field
   * manager of our own, on nodes that exist. Taints are the kubelet's, given at registration.
   * @default true
   */
  readonly manageNodes?: boolean;
}

/**
 * A Kubernetes cluster of Ascend servers: node labels, priority classes, and the inventory in which
 * tenants and servings are counted. The cluster proves the sums when it is synthesized.
 *
 * @throws ValidationError with everything that is wrong with the props
 */
export class ComputeCluster extends Construct {
  readonly clusterName: string;
  readonly mindclusterVersion: MindClusterVersion;
  readonly pools: readonly NodePool[];
  readonly managementHosts: readonly string[];
  /** `1.34` or `1.34.4`. */
  readonly kubernetesVersion: string;
  /** Namespaces of tenants whose pods may use the host. */
  readonly hostAccessNamespaces: readonly string[];
  /** Namespace of the site's Prometheus and Grafana. */
  readonly monitoringNamespace: string;
  /** Labels by which its Prometheus selects rules and monitors. */
  readonly monitoringLabels: Readonly<Record<string, string>>;
  /** Whether rules and monitors are made. */
  readonly monitored: boolean;
  /** Minutes that a serving may take to start until an alert says that it takes too long. */
  readonly servingStartMinutes: number;
  /** Addresses of a DNS cache on the host network. */
  readonly dnsAddresses: readonly string[];
  /** StorageClass for model weights. */
  readonly weightsStorageClass?: string;
  /** Whether nodes are labelled here. */
  readonly manageNodes: boolean;
  private readonly components: readonly ComponentEntry[];
  private readonly tenants: TenantEntry[] = [];
  private readonly servings: ServingPlan[] = [];
  private readonly replacements: ReplacementEntry[] = [];
  /** The inventory as it was last asked for, until something is registered. */
  private known?: ClusterInventory;
  /** `namespace` of tenants and `namespace/name` of servings. */
  private readonly taken = new Set<string>();

  constructor(scope: Construct, id: string, props: ComputeClusterProps) {
    super(scope, id);
    const wrong = checkProps(this, 'ComputeClusterProps', props);
    this.clusterName = props.clusterName;
    this.mindclusterVersion = props.mindclusterVersion ?? '26.1';
    this.managementHosts = [...(props.managementHosts ?? [])];
    const monitoring = props.monitoring ?? {};
    this.monitoringNamespace = monitoring.namespace ?? 'monitoring';
    this.monitoringLabels = { ...monitoring.labels };
    this.monitored = monitoring.enabled ?? true;
    this.servingStartMinutes = resolveThresholds(monitoring.thresholds).servingStart;
    this.dnsAddresses = [...(props.dnsAddresses ?? [])];
    this.weightsStorageClass = props.weightsStorageClass;
    this.manageNodes = props.manageNodes ?? true;
    this.kubernetesVersion = props.kubernetesVersion ?? '1.34';
    this.hostAccessNamespaces = [...(props.hostAccessNamespaces ?? [])];
    const components = props.components ?? {};
    const externalNamespaces = props.externalNamespaces ?? [];
    const named = !wrongKeys(wrong).has('clusterName');
    const drafts = resolvePools(
      props.pools,
      this.clusterName,
      named,
      props.pools.map((_, index) => wrongKeys(wrong, 'pools', index)),
    );
    this.pools = drafts.flatMap(({ pool }) => pool ?? []);
    refuseWrong(this, wrong, [
      ...validateKubernetes(this.kubernetesVersion, this.mindclusterVersion),
      ...validateComponents(components, this.mindclusterVersion, this),
      ...validateActions('policyActions', props.policyActions),
      ...validateLabels('monitoring.labels', this.monitoringLabels),
      ...validatePools(props.pools),
      ...drafts.flatMap(({ problems }) => problems),
      ...validateHostNames(
        drafts,
        // One mistake, one line: names are made from that of the cluster, those of management too.
        this.managementHosts.filter((name) => named || !name.startsWith(`${this.clusterName}-`)),
      ),
      ...validateChips(drafts, {
        managed: runsDevicePlugin(components, this.mindclusterVersion),
        ownImages: (props.imageRegistry ?? IMAGE_REGISTRY) !== IMAGE_REGISTRY,
      }),
      ...validateSize(drafts, this.managementHosts, this.mindclusterVersion),
    ]);

    const managed = managedComponents(components, this.mindclusterVersion);
    const { classes } = new PriorityLadder(this, 'priorities');
    this.components = new MindCluster(this, 'mindcluster', {
      version: this.mindclusterVersion,
      kubernetesVersion: this.kubernetesVersion,
      managed,
      externalNamespaces,
      imageRegistry: props.imageRegistry ?? IMAGE_REGISTRY,
      resourceNames: this.resourceNames(),
      nodes: nodeCount(this.pools, this.managementHosts),
      monitoringNamespace: this.monitoringNamespace,
      after: classes,
    }).entries;
    new DeclaredCapacity(this, 'declared-capacity', {
      inventory: this.inventory(),
      mindclusterVersion: this.mindclusterVersion,
      kubernetesVersion: this.kubernetesVersion,
      phase: props.phase,
    });
    new AdmissionPolicies(this, 'admission', {
      npuCounts: this.npuCounts(),
      hostAccessNamespaces: this.hostAccessNamespaces,
      actions: props.policyActions,
    });
    if (this.monitored) {
      new Monitoring(this, 'monitoring', {
        clusterName: this.clusterName,
        namespace: this.monitoringNamespace,
        labels: this.monitoringLabels,
        pools: this.inventory().pools,
        gateway: monitoring.gateway ?? false,
        npuExporter: managed.includes('npuExporter'),
        thresholds: monitoring.thresholds,
      });
    }
    if (this.manageNodes) this.labelNodes();
    addProofs(this, () => {
      const cluster = this.inventory();
      return [
        { kind: 'cluster', cluster },
        { kind: 'servings', cluster, servings: this.servings },
      ];
    });
  }

  /** Called by `TenantNamespace`: a tenant's share of this cluster. */
  registerTenant(entry: TenantEntry): void {
    this.changed();
    this.tenants.push(entry);
    this.taken.add(entry.namespace);
  }

  /** Called by `ModelServing`: what a running model holds, and what decides whether it runs. */
  registerServing(plan: ServingPlan): void {
    this.changed();
    this.servings.push(plan);
    this.taken.add(`${plan.namespace}/${plan.name}`);
  }

  /** Called by `ModelReplacement`: the two models of an alias, and how far one has taken the other's place. */
  registerReplacement(entry: ReplacementEntry): void {
    this.changed();
    this.replacements.push(entry);
  }

  private changed(): void {
    this.known = undefined;
    proofsChanged(this);
  }

  /** Whether an alias has a replacement on this cluster already. */
  hasReplacement(alias: string): boolean {
    return this.replacements.some((entry) => entry.alias === alias);
  }

  /** Whether a tenant has this namespace already. */
  hasTenant(namespace: string): boolean {
    return this.taken.has(namespace);
  }

  /** Whether a serving of a namespace has this name already. */
  hasServing(namespace: string, name: string): boolean {
    return this.taken.has(`${namespace}/${name}`);
  }

  /** What has been registered so far. */
  inventory(): ClusterInventory {
    this.known ??= {
      path: this.node.path,
      name: this.clusterName,
      pools: this.pools.map((pool) => poolEntry(pool, this.joinedLabels(pool))),
      management: {
        hosts: this.managementHosts,
        ...MANAGEMENT_SERVER,
        labels: this.managementLabels(),
      },
      components: this.components,
      priorities: PRIORITIES.map(({ name, value }) => ({ name, value })),
      tenants: [...this.tenants],
      servings: this.servings.map(servingEntry),
      replacements: [...this.replacements],
    };
    return this.known;
  }

  /** Proofs about this cluster alone, and about its servings. */
  prove(): readonly ProofResult[] {
    return proofsOf(this);
  }

  /** Extended resource names of the cluster's NPUs, each once. */
  resourceNames(): string[] {
    return [...new Set(this.pools.map((pool) => pool.resourceName))].sort();
  }

  /** NPUs that one pod may ask for, by resource name: what any of its server forms allows. */
  npuCounts(): Record<string, number[]> {
    const counts = new Map<string, Set<number>>();
    for (const { resourceName, server } of this.pools) {
      const known = counts.get(resourceName) ?? [];
      counts.set(resourceName, new Set([...known, ...server.form.podNpuCounts]));
    }
    return Object.fromEntries(
      [...counts].map(([name, found]) => [name, [...found].sort((a, b) => a - b)]),
    );
  }

  /** The pool of an NPU resource name. @returns undefined where the cluster has none */
  poolOf(resourceName: string): NodePool | undefined {
    return this.pools.find((pool) => pool.resourceName === resourceName);
  }

  /** Labels that a host of a pool gets. */
  hostLabels(pool: NodePool, host: HostEntry): Record<string, string> {
    return { ...this.poolLabels(pool), [RACK_LABEL]: host.rack };
  }

  /** Labels that every server of a pool has once it has joined and its device plugin runs. */
  private joinedLabels(pool: NodePool): Record<string, string> {
    const { form, accelerator } = pool.server;
    return {
      'kubernetes.io/arch': form.architecture,
      ...(this.manageNodes ? this.poolLabels(pool) : WORKER_NODE_LABELS),
      ...devicePluginLabels(accelerator),
    };
  }

  private poolLabels(pool: NodePool): Record<string, string> {
    return {
      ...npuNodeLabels(pool.server.form, pool.server.accelerator, this.mindclusterVersion),
      [POOL_LABEL]: pool.name,
    };
  }

  /** Labels that a management server gets. */
  managementLabels(): Record<string, string> {
    return { ...MANAGEMENT_NODE_LABELS };
  }

  /**
   * What pods of a pool select: our own label, or that of the device plugin where nodes are not
   * ours to label.
   */
  nodeSelector(pool: NodePool): Record<string, string> {
    return this.manageNodes
      ? { [POOL_LABEL]: pool.name }
      : { 'node.kubernetes.io/npu.chip.name': pool.server.accelerator.chipName };
  }

  private labelNodes(): void {
    const nodes = new Construct(this, 'nodes');
    for (const pool of this.pools) {
      for (const host of pool.hosts.filter((host) => host.inService)) {
        labelNode(nodes, host.name, this.hostLabels(pool, host));
      }
    }
    for (const name of this.managementHosts) {
      labelNode(nodes, name, this.managementLabels());
    }
  }
}

function labelNode(scope: Construct, name: string, labels: Record<string, string>): void {
  new Labels(scope, name, {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    labels,
    fieldManager: FIELD_MANAGER,
  });
}
