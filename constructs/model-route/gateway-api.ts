import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { IReferenceGrant } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1beta1/ReferenceGrant';
import type { Construct } from 'constructs';
import { type CustomObject, customResource } from '../custom-resource';

/** Kinds of Gateway API (release 1.1 or later): their CRDs are a prerequisite. */
export const GATEWAY_API = 'gateway.networking.k8s.io';

interface Specs {
  readonly Gateway: IGateway['spec'];
  readonly HTTPRoute: IHTTPRoute['spec'];
  /** Lets an object of another namespace refer to one of this namespace, and to no other. */
  readonly ReferenceGrant: IReferenceGrant['spec'];
}

/** v1beta1 of grants is the version that every release has; release 1.5 adds v1. */
const VERSIONS = { Gateway: 'v1', HTTPRoute: 'v1', ReferenceGrant: 'v1beta1' } as const;

export function gatewayObject<K extends keyof Specs>(
  scope: Construct,
  id: string,
  kind: K,
  metadata: CustomObject['metadata'],
  spec: Specs[K],
) {
  const apiVersion = `${GATEWAY_API}/${VERSIONS[kind]}`;
  return customResource<{ spec: Specs[K] }>(scope, id, { apiVersion, kind, metadata, spec });
}
