import { LABEL_PREFIX } from '../../../constructs';
import type { Connection, NetworkPeer } from './evaluate';

/** Who plays which part in the policies that are evaluated. */
export interface Cast {
  /** Namespace of a tenant that names `peer`, and `oneSided`, which does not name it. */
  readonly tenant: string;
  /** Names the tenant, too. */
  readonly peer: string;
  /** Is named by the tenant and does not name it. */
  readonly oneSided: string;
  /** Has nothing to do with the tenant. */
  readonly stranger: string;
  readonly monitoring: string;
  /** A target of the tenant: an address of its network, a port, and what is beside them. */
  readonly target: {
    readonly ip: string;
    readonly port: number;
    readonly otherPort: number;
    /** An address just outside the network. */
    readonly otherIp: string;
  };
  /** Pods of a model in another namespace. */
  readonly serving: Labelled;
  readonly npuExporter: Labelled;
}

interface Labelled {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly port: number;
  /** Name of the port in the pods. */
  readonly portName: string;
}

/** A connection that is tried, and what must come of it. */
export interface Probe extends Connection {
  readonly name: string;
  readonly allowed: boolean;
}

/** Namespace that the probes use as a gateway's; the label makes it one. */
export const GATEWAY = 'probe-gateway';
/** Namespace of pods that nobody knows. */
export const UNKNOWN = 'probe-unknown';

export const GATEWAY_LABELS = { [`${LABEL_PREFIX}/gateway`]: 'true' };

const KUBE_DNS = { 'k8s-app': 'kube-dns' };
/** Documentation network (RFC 5737): an address of the Internet. */
const INTERNET: NetworkPeer = { ip: '203.0.113.7' };
/** A node with the API server, on a network that no policy names. */
const NODE: NetworkPeer = { ip: '192.0.2.10' };
const PORT = 8080;

/** Who reaches whom. */
export function probes(cast: Cast): Probe[] {
  const { tenant, peer, oneSided, stranger, monitoring, target, serving, npuExporter } = cast;
  const a = pod(tenant);
  const model = pod(serving.namespace, serving.labels);
  const exporter = pod(npuExporter.namespace, npuExporter.labels);
  const dns = pod('kube-system', KUBE_DNS);
  const registry: NetworkPeer = { ip: target.ip };
  return [
    yes('tenant → itself', a, pod(tenant, { app: 'other' }), PORT),
    no('tenant → stranger', a, pod(stranger), PORT),
    no('stranger → tenant', pod(stranger), a, PORT),
    no('unknown namespace → tenant', pod(UNKNOWN), a, PORT),
    no('tenant → unknown namespace', a, pod(UNKNOWN), PORT),

    yes('tenant → peer', a, pod(peer), PORT),
    yes('peer → tenant', pod(peer), a, PORT),
    no('tenant → peer that does not name it', a, pod(oneSided), PORT),
    no('peer that does not name it → tenant', pod(oneSided), a, PORT),
    no('peer → stranger', pod(peer), pod(stranger), PORT),

    yes('gateway → tenant', pod(GATEWAY), a, PORT),
    yes('tenant → gateway', a, pod(GATEWAY), PORT),
    yes('monitoring → tenant', pod(monitoring), a, PORT),
    no('tenant → monitoring', a, pod(monitoring), PORT),

    yes('tenant → DNS, TCP', a, dns, 53),
    yes('tenant → DNS, UDP', a, dns, 53, 'UDP'),
    no('tenant → DNS pod, HTTPS', a, dns, 443),
    no('tenant → DNS pod, metrics', a, dns, 9153),
    no('kube-system → tenant', dns, a, PORT),
    no('tenant → DNS of the Internet', a, INTERNET, 53, 'UDP'),

    yes('tenant → target', a, registry, target.port),
    no('tenant → target, other port', a, registry, target.otherPort),
    no('tenant → target, UDP', a, registry, target.port, 'UDP'),
    no('tenant → address beside the target', a, { ip: target.otherIp }, target.port),
    no('target → tenant', registry, a, target.port),
    no('stranger → target', pod(stranger), registry, target.port),
    no('tenant → Internet', a, INTERNET, 443),
    no('Internet → tenant', INTERNET, a, PORT),
    no('tenant → API server', a, NODE, 6443),

    ...[
      yes('gateway → model', pod(GATEWAY), model, serving.port),
      yes('monitoring → model', pod(monitoring), model, serving.port),
      no('tenant → model past the gateway', a, model, serving.port),
      no('unknown namespace → model', pod(UNKNOWN), model, serving.port),
    ].map((probe) => ({ ...probe, portName: serving.portName })),
    no('model → tenant', model, a, PORT),

    yes('monitoring → NPU exporter', pod(monitoring), exporter, npuExporter.port),
    no('monitoring → NPU exporter, other port', pod(monitoring), exporter, 22),
    no('tenant → NPU exporter', a, exporter, npuExporter.port),
    no('NPU exporter → tenant', exporter, a, PORT),
    ...disguised(cast, { a, model, exporter, dns }),
  ];
}

/**
 * Labels of pods are the tenant's own; whatever is written there, it gets in nowhere. From a namespace
 * without policies only the other side's decide, which those of a tenant would cover up.
 */
function disguised(
  { stranger, serving, npuExporter }: Cast,
  { a, model, exporter, dns }: Readonly<Record<'a' | 'model' | 'exporter' | 'dns', NetworkPeer>>,
): Probe[] {
  const masks: readonly Record<string, string>[] = [
    GATEWAY_LABELS,
    KUBE_DNS,
    { app: 'prometheus' },
    { 'app.kubernetes.io/name': 'prometheus' },
    { 'kubernetes.io/metadata.name': a.namespace ?? '' },
    { ...serving.labels },
    { ...npuExporter.labels },
  ];
  return masks.flatMap((labels) => {
    const mask = Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    return [
      no(`stranger as ${mask} → DNS pod, HTTPS`, pod(stranger, labels), dns, 443),
      ...[stranger, UNKNOWN].flatMap((namespace) => {
        const other = pod(namespace, labels);
        const name = `${namespace} as ${mask}`;
        return [
          no(`${name} → tenant`, other, a, PORT),
          no(`tenant → ${name}`, a, other, PORT),
          {
            ...no(`${name} → model`, other, model, serving.port),
            portName: serving.portName,
          },
          no(`${name} → NPU exporter`, other, exporter, npuExporter.port),
        ];
      }),
    ];
  });
}

/** Every pod has an address of a pod network that no policy names. */
function pod(namespace: string, podLabels: Readonly<Record<string, string>> = { app: 'probe' }) {
  return { namespace, podLabels, ip: '198.18.0.1' };
}

type Try = [
  name: string,
  from: NetworkPeer,
  to: NetworkPeer,
  port: number,
  protocol?: Connection['protocol'],
];

function yes(...[name, from, to, port, protocol = 'TCP']: Try): Probe {
  return { name, from, to, port, protocol, allowed: true };
}

function no(...[name, from, to, port, protocol = 'TCP']: Try): Probe {
  return { name, from, to, port, protocol, allowed: false };
}
