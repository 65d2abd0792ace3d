import type { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { Construct } from 'constructs';
import { ALL_NPU_RESOURCE_NAMES, hostShare } from '../../core/accelerator';
import type { WrittenShare } from '../../core/capacity';
import { throwIfAny } from '../../core/errors';
import {
  LABEL_PREFIX,
  MANAGED_BY,
  PROTECTED_LABEL,
  TENANT_ANNOTATIONS,
  TENANT_LABEL,
} from '../../core/names';
import { checkProps } from '../check-props';
import type { ComputeCluster } from '../compute-cluster';
import { dependOn } from '../depend-on';
import { kubernetesObject } from '../kubernetes-object';
import { TenantAccess } from './access';
import { validateTenant } from './checks';
import type { TenantState } from './lifecycle';
import { addLimits } from './limits';
import { TenantNetwork } from './network';
import { RESERVED_PRIORITIES, TENANT_PRIORITIES } from './priorities';
import type { PodSecurityLevel, TenantNamespaceProps } from './props';
import { addQueue } from './queue';
import { countedQuota, OBJECTS, TenantQuota } from './quota';
import { type ResolvedTenant, resolveTenant } from './resolve';

/** For system daemons, notebooks and gateways of a tenant beside its NPU pods: an assumption of ours. */
const BASE_CPUS = 16;
const BASE_MEMORY_GIB = 64;

/** Storage without a wish of the tenant's: assumptions of ours. */
const CLAIMED_GIB = 2048;
const EPHEMERAL_BASE_GIB = 200;
const EPHEMERAL_GIB_A_NPU = 50;

/**
 * A tenant on one cluster: namespace, quotas, defaults for pods without requests, a Volcano queue, Pod
 * Security, a network that is closed except for what is named, and access by groups. It registers
 * the tenant's share with its cluster.
 *
 * @throws ValidationError with everything that is wrong with the props
 */
export class TenantNamespace extends Construct implements ResolvedTenant {
  readonly cluster: ComputeCluster;
  /** Name of the namespace, and of the queue. */
  readonly namespace: string;
  readonly resourceName: string;
  readonly podSecurity: PodSecurityLevel;
  /** NPUs that the tenant always has. */
  readonly guarantee: number;
  /** NPUs that the tenant may hold at most. */
  readonly ceiling: number;
  readonly state: TenantState;
  /** @see TenantNamespaceProps.imagePrefixes */
  readonly imagePrefixes?: readonly string[];
  readonly priorityClasses: readonly string[];
  /** Name of the Secret by which images are pulled. */
  readonly imagePullSecret?: string;
  /** What everything in the namespace depends on. */
  readonly resource: NamespaceV1;

  constructor(scope: Construct, id: string, props: TenantNamespaceProps) {
    super(scope, id);
    const wrong = checkProps(this, 'TenantNamespaceProps', props);
    const resolved = resolveTenant(props);
    const path = this.node.path;
    throwIfAny([
      ...wrong,
      ...validateTenant(resolved, props).map((message) => ({ path, message })),
    ]);
    const { cluster, namespace } = resolved;
    this.cluster = cluster;
    this.namespace = namespace;
    this.resourceName = resolved.resourceName;
    this.podSecurity = resolved.podSecurity;
    this.guarantee = resolved.guarantee;
    this.ceiling = resolved.ceiling;
    this.state = resolved.state;
    this.imagePrefixes = resolved.imagePrefixes;
    this.priorityClasses = resolved.priorityClasses;
    this.imagePullSecret = props.imagePullSecret;

    const protect = (props.protect ?? true) && this.state !== 'retired';
    this.resource = kubernetesObject(
      this,
      'Resource',
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: namespace,
          labels: { ...this.labels(props, protect), ...props.labels },
          annotations: this.annotations(props),
        },
      },
      protect ? { lifecycle: { preventDestroy: true } } : {},
    );
    const written = this.addContents(props);
    for (const child of this.node.children) {
      if (child !== this.resource) dependOn(child as Construct, [this.resource]);
    }
    cluster.registerTenant({
      path,
      namespace,
      resourceName: this.resourceName,
      guarantee: this.guarantee,
      ceiling: this.ceiling,
      state: this.state,
      podSecurity: this.podSecurity,
      priorityClasses: this.priorityClasses,
      ...(this.imagePrefixes ? { imagePrefixes: this.imagePrefixes } : {}),
      written,
      ...(props.start === undefined ? {} : { start: props.start }),
      ...(props.expiry === undefined ? {} : { expiry: props.expiry }),
      peers: [...(props.peers ?? [])],
      ...(props.shrinkReason === undefined ? {} : { shrinkReason: props.shrinkReason }),
    });
  }

  /** @returns what the objects say about the tenant's share */
  private addContents(props: TenantNamespaceProps): WrittenShare {
    const pool = this.cluster.poolOf(this.resourceName);
    if (!pool) throw new Error(`${this.node.path}: checked before`);
    const share = hostShare(pool.server, this.ceiling);
    const names = new Set([...ALL_NPU_RESOURCE_NAMES, ...this.cluster.resourceNames()]);
    const { hard } = new TenantQuota(this, 'quota', {
      namespace: this.namespace,
      resourceName: this.resourceName,
      ceiling: this.ceiling,
      otherResourceNames: [...names].filter((name) => name !== this.resourceName).sort(),
      cpus: props.cpus ?? share.cpus + BASE_CPUS,
      memoryGib: props.memoryGib ?? share.memoryGib + BASE_MEMORY_GIB,
      storage: {
        totalGib: CLAIMED_GIB,
        ephemeralGib: EPHEMERAL_BASE_GIB + EPHEMERAL_GIB_A_NPU * this.ceiling,
        ...props.storage,
      },
      objects: { ...OBJECTS, ...props.objects },
      byPriority: props.priorityShares ?? {},
      forbiddenPriorities: [
        ...RESERVED_PRIORITIES,
        ...TENANT_PRIORITIES.filter((name) => !this.priorityClasses.includes(name)),
      ],
      cordoned: this.state !== 'active',
    });
    // A retired tenant has no access any more.
    if (this.state !== 'retired') {
      new TenantAccess(this, 'access', {
        namespace: this.namespace,
        groups: props.groups ?? {},
        imagePullSecret: props.imagePullSecret,
      });
    }
    new TenantNetwork(this, 'network', {
      namespace: this.namespace,
      monitoringNamespace: this.cluster.monitoringNamespace,
      dnsAddresses: this.cluster.dnsAddresses,
      peers: props.peers,
      targets: props.targets,
    });
    addLimits(this, this.namespace, pool.server);
    const { capability, guarantee } = addQueue(this, {
      name: this.namespace,
      resourceName: this.resourceName,
      guarantee: this.guarantee,
      ceiling: this.ceiling,
      weight: props.queueWeight ?? 1,
    });
    return {
      quota: countedQuota(hard, this.cluster.resourceNames()),
      capability,
      ...(guarantee ? { guarantee: guarantee.resource } : {}),
    };
  }

  private labels(props: TenantNamespaceProps, protect: boolean): Record<string, string> {
    const { kubernetesVersion } = this.cluster;
    const level = `${this.podSecurity}`;
    // The rules of the release that the cluster has: an upgrade must not refuse pods by surprise.
    const version = `v${kubernetesVersion.split('.').slice(0, 2).join('.')}`;
    return {
      ...MANAGED_BY,
      [TENANT_LABEL]: this.namespace,
      [`${LABEL_PREFIX}/state`]: this.state,
      ...(protect ? { [PROTECTED_LABEL]: 'true' } : {}),
      ...(props.costCentre ? { [`${LABEL_PREFIX}/cost-centre`]: props.costCentre } : {}),
      ...(props.start ? { [`${LABEL_PREFIX}/start`]: props.start } : {}),
      ...(props.expiry ? { [`${LABEL_PREFIX}/expiry`]: props.expiry } : {}),
      ...Object.fromEntries(
        ['enforce', 'audit', 'warn'].flatMap((mode) => [
          [`pod-security.kubernetes.io/${mode}`, level],
          [`pod-security.kubernetes.io/${mode}-version`, version],
        ]),
      ),
    };
  }

  /** What the admission policies of the cluster read, and what people do. */
  private annotations(props: TenantNamespaceProps): Record<string, string> {
    const { queue, imagePrefixes, priorityClasses } = TENANT_ANNOTATIONS;
    return {
      [queue]: this.namespace,
      ...(this.imagePrefixes ? { [imagePrefixes]: this.imagePrefixes.join(',') } : {}),
      [priorityClasses]: this.priorityClasses.join(','),
      [`${LABEL_PREFIX}/display-name`]: props.displayName ?? this.namespace,
      ...(props.contact ? { [`${LABEL_PREFIX}/contact`]: props.contact } : {}),
      ...(props.privilegedReason
        ? { [`${LABEL_PREFIX}/privileged-reason`]: props.privilegedReason }
        : {}),
    };
  }
}
