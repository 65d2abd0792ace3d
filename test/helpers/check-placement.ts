import type {
  ClusterInventory,
  ComponentEntry,
  HostEntry,
  Placement,
  PoolEntry,
  Toleration,
} from '../../constructs';

/** One pod as the inventory asks for it, worked out here on its own: nothing is taken from the packer. */
interface Wanted {
  readonly npus: number;
  readonly cpus: number;
  readonly memoryGib: number;
  readonly selector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  readonly pool?: string;
  readonly resourceName: string;
}

/**
 * Everything that is wrong with a placement of a cluster's pods: lost or doubled pods, servers that are
 * not there or out of service, too many NPUs, CPUs, GiB or pods on one, wrong pool, groups that share a
 * server, replicas crowded in a rack, guarantees that are not there.
 */
export function placementFaults(cluster: ClusterInventory, placement: Placement): string[] {
  const faults: string[] = [];
  const servers = new Map<string, { pool: PoolEntry; host: HostEntry }>();
  for (const pool of cluster.pools)
    for (const host of pool.hosts) servers.set(host.name, { pool, host });
  const managing = new Set(cluster.management.hosts);
  const wanted = new Map([...servingPods(cluster), ...componentPods(cluster)]);
  const used = new Map<string, { npus: number; cpus: number; memoryGib: number; pods: number }>();
  const seen = new Set<string>();

  for (const { pod, server, npus, cpus, memoryGib, kind, owner } of placement.pods) {
    if (seen.has(pod)) faults.push(`${pod} is placed twice`);
    seen.add(pod);
    const at = servers.get(server);
    if (!at && !managing.has(server)) faults.push(`${pod} is on ${server}, which is not there`);
    if (at && !at.host.inService) faults.push(`${pod} is on ${server}, which is out of service`);
    const asked = kind === 'serving' || kind === 'component' ? wanted.get(pod) : undefined;
    if ((kind === 'serving' || kind === 'component') && !asked)
      faults.push(`${pod} is of no ${kind}`);
    if (kind === 'guarantee' && (cpus <= 0 || memoryGib <= 0))
      faults.push(`${pod} has no CPUs or no memory`);
    if (asked && asked.npus !== npus)
      faults.push(`${pod} has ${npus} NPUs instead of ${asked.npus}`);
    if (asked && (cpus < asked.cpus || memoryGib < asked.memoryGib))
      faults.push(
        `${pod} has ${cpus} CPUs and ${memoryGib} GiB instead of ${asked.cpus} and ${asked.memoryGib}`,
      );
    if (asked && at) faults.push(...keptAway(pod, asked, labelsAt(at), at.pool.taints, server));
    if (asked && managing.has(server))
      faults.push(...keptAway(pod, asked, cluster.management.labels, [], server));
    if (npus > 0 && managing.has(server)) faults.push(`${pod} is on ${server}, which has no NPUs`);
    if (asked?.pool && at?.pool.name !== asked.pool)
      faults.push(`${pod} is not on pool ${asked.pool}`);
    if (npus > 0 && at) {
      const tenant = cluster.tenants.find((entry) => entry.namespace === owner);
      const name = asked?.resourceName ?? tenant?.resourceName ?? at.pool.resourceName;
      if (name !== at.pool.resourceName) faults.push(`${pod} wants ${name}, ${server} has another`);
    }
    const sums = used.get(server) ?? { npus: 0, cpus: 0, memoryGib: 0, pods: 0 };
    used.set(server, {
      npus: sums.npus + npus,
      cpus: sums.cpus + cpus,
      memoryGib: sums.memoryGib + memoryGib,
      pods: sums.pods + 1,
    });
  }

  for (const [name, sums] of used) {
    const at = servers.get(name);
    if (!at) {
      const { cpus, memoryGib } = cluster.management;
      if (sums.cpus > cpus + 1e-6) faults.push(`${name} has ${sums.cpus} CPUs taken`);
      if (sums.memoryGib > memoryGib + 1e-6) faults.push(`${name} has ${sums.memoryGib} GiB taken`);
      continue;
    }
    const { pool } = at;
    const daemons = cluster.components.filter(
      (one) =>
        one.replicas === undefined &&
        Object.entries(one.nodeSelector).every(([key, value]) => pool.labels[key] === value),
    );
    const total = (of: (one: (typeof daemons)[number]) => number) =>
      daemons.reduce((all, one) => all + of(one), 0);
    if (sums.npus > pool.npusPerServer) faults.push(`${name} has ${sums.npus} NPUs taken`);
    if (sums.cpus > pool.cpus - pool.systemCpus - total((one) => one.podCpus) + 1e-6)
      faults.push(`${name} has ${sums.cpus} CPUs taken`);
    if (
      sums.memoryGib >
      pool.memoryGib - pool.systemMemoryGib - total((one) => one.podMemoryGib) + 1e-6
    )
      faults.push(`${name} has ${sums.memoryGib} GiB taken`);
    if (sums.pods + daemons.length > pool.maxPods) faults.push(`${name} has ${sums.pods} pods`);
  }

  if (placement.outcome === 'placed') {
    for (const pod of wanted.keys()) if (!seen.has(pod)) faults.push(`${pod} has no place`);
    for (const tenant of cluster.tenants)
      faults.push(...missingGuarantee(cluster, placement, tenant));
    faults.push(...missingReserve(cluster, placement));
  }
  faults.push(...groupFaults(cluster, placement, servers));
  return faults;
}

function labelsAt({ pool, host }: { readonly pool: PoolEntry; readonly host: HostEntry }) {
  return {
    ...pool.labels,
    'aicc.internal/rack': host.rack,
    'kubernetes.io/hostname': host.name,
  };
}

/** Labels that a pod wants and its server has not, and taints that it does not tolerate. */
function keptAway(
  pod: string,
  { selector, tolerations }: Wanted,
  labels: Readonly<Record<string, string>>,
  serverTaints: PoolEntry['taints'],
  server: string,
): string[] {
  const missing = Object.keys(selector).filter((key) => labels[key] !== selector[key]);
  const taints = serverTaints.filter(
    (taint) =>
      !tolerations.some(
        ({ key = taint.key, operator = 'Equal', value = '', effect = taint.effect }) =>
          key === taint.key &&
          effect === taint.effect &&
          (operator === 'Exists' || value === (taint.value ?? '')),
      ),
  );
  return [
    ...missing.map((key) => `${pod} wants ${key}=${selector[key]}, which ${server} has not`),
    ...taints.map((taint) => `${pod} does not tolerate ${taint.key} of ${server}`),
  ];
}

function componentPods({ components }: ClusterInventory): Map<string, Wanted> {
  const pods = new Map<string, Wanted>();
  for (const component of components) {
    for (let index = 0; index < (component.replicas ?? 0); index++) {
      pods.set(`${component.name}-${index}`, componentPod(component));
    }
  }
  return pods;
}

function componentPod(component: ComponentEntry): Wanted {
  const { podCpus, podMemoryGib, nodeSelector, tolerations } = component;
  return {
    npus: 0,
    cpus: podCpus,
    memoryGib: podMemoryGib,
    selector: nodeSelector,
    tolerations,
    resourceName: '',
  };
}

/** What pools keep back has places of its own. */
function missingReserve({ pools }: ClusterInventory, { pods }: Placement): string[] {
  const due = pools.reduce((all, pool) => all + (pool.reserve?.npus ?? 0), 0);
  const npus = pods.filter((pod) => pod.kind === 'reserve').reduce((all, pod) => all + pod.npus, 0);
  return npus === due ? [] : [`the reserve has places for ${npus} NPUs instead of ${due}`];
}

function servingPods({ servings }: ClusterInventory): Map<string, Wanted> {
  const pods = new Map<string, Wanted>();
  for (const serving of servings) {
    for (let replica = 0; replica < serving.replicas; replica++) {
      for (let pod = 0; pod < serving.podsPerReplica; pod++) {
        const name = `${serving.namespace}/${serving.name}-${replica}`;
        pods.set(serving.podsPerReplica > 1 ? `${name}/${pod}` : name, {
          npus: serving.npusPerReplica / serving.podsPerReplica,
          cpus: serving.podCpus,
          memoryGib: serving.podMemoryGib,
          selector: serving.nodeSelector,
          tolerations: serving.tolerations,
          pool: serving.pool,
          resourceName: serving.resourceName,
        });
      }
    }
  }
  return pods;
}

/** NPUs of a tenant's pods are what it was guaranteed, or what its servings hold where that is more. */
function missingGuarantee(
  { servings }: ClusterInventory,
  { pods }: Placement,
  { namespace, guarantee }: ClusterInventory['tenants'][number],
): string[] {
  const held = pods.filter((pod) => pod.owner === namespace && pod.kind !== 'component');
  const npus = held.reduce((all, pod) => all + pod.npus, 0);
  const running = servings
    .filter((serving) => serving.namespace === namespace)
    .reduce((all, serving) => all + serving.replicas * serving.npusPerReplica, 0);
  const due = Math.max(guarantee, running);
  return npus === due ? [] : [`${namespace} has places for ${npus} NPUs instead of ${due}`];
}

function groupFaults(
  { servings }: ClusterInventory,
  { pods, rackSpread, outcome }: Placement,
  servers: ReadonlyMap<string, { readonly pool: PoolEntry; readonly host: HostEntry }>,
): string[] {
  const faults: string[] = [];
  for (const serving of servings) {
    const replicas = Array.from({ length: serving.replicas }, (_, index) => {
      const name = `${serving.namespace}/${serving.name}-${index}`;
      return pods.filter(({ pod }) => pod === name || pod.startsWith(`${name}/`));
    });
    const inRack = new Map<string, number>();
    for (const [index, own] of replicas.entries()) {
      const on = new Set(own.map((pod) => pod.server));
      if (on.size !== own.length) faults.push(`${serving.name}-${index}: two pods on one server`);
      if (own.length !== 0 && own.length !== serving.podsPerReplica)
        faults.push(`${serving.name}-${index}: ${own.length} of ${serving.podsPerReplica} pods`);
      for (const rack of new Set([...on].map((name) => servers.get(name)?.host.rack ?? '')))
        inRack.set(rack, (inRack.get(rack) ?? 0) + 1);
    }
    const racks = new Set(
      [...servers.values()]
        .filter(({ pool, host }) => host.inService && pool.name === serving.pool)
        .map(({ host }) => host.rack),
    );
    const most = Math.max(0, ...inRack.values());
    if (outcome === 'placed' && rackSpread && serving.replicas > 1 && racks.size > 1) {
      if (most > Math.ceil(serving.replicas / 2))
        faults.push(`${serving.name}: ${most} replicas in a rack`);
    }
  }
  return faults;
}
