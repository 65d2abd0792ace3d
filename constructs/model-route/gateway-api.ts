import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { IReferenceGrant } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1beta1/ReferenceGrant';
import type { Construct } from 'constructs';
import { type CustomObject, customResource } from '../custom-resource';

/** Kinds of Gateway API (release 1.1 or later): their CRDs are a prerequisite. */
export const GATEWAY_API = 'gateway.networking.k8s.io';

type Metadata = CustomObject['metadata'];

export function gateway(scope: Construct, id: string, metadata: Metadata, spec: IGateway['spec']) {
  return customResource<Pick<IGateway, 'spec'>>(scope, id, {
    apiVersion: `${GATEWAY_API}/v1`,
    kind: 'Gateway',
    metadata,
    spec,
  });
}

export function httpRoute(
  scope: Construct,
  id: string,
  metadata: Metadata,
  spec: IHTTPRoute['spec'],
) {
  return customResource<Pick<IHTTPRoute, 'spec'>>(scope, id, {
    apiVersion: `${GATEWAY_API}/v1`,
    kind: 'HTTPRoute',
    metadata,
    spec,
  });
}

/** Lets an object of another namespace refer to one of this namespace, and to no other. */
export interface Grant {
  readonly from: { readonly group: string; readonly kind: string; readonly namespace: string };
  readonly to: { readonly kind: 'Service' | 'Secret'; readonly name: string };
}

/** v1beta1 is the version that every release has; release 1.5 adds v1. */
export function referenceGrant(
  scope: Construct,
  id: string,
  metadata: Metadata,
  { from, to }: Grant,
) {
  return customResource<Pick<IReferenceGrant, 'spec'>>(scope, id, {
    apiVersion: `${GATEWAY_API}/v1beta1`,
    kind: 'ReferenceGrant',
    metadata,
    spec: { from: [from], to: [{ group: '', ...to }] },
  });
}
