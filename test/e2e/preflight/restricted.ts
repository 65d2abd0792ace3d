import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { LiveCluster } from '../../../cli/live/cluster';
import type { Planting } from './planting';

const NAME = 'may-not-delete-namespaces';

/** Every right but one, as an account that somebody has cut down. */
const RULES = [
  {
    apiGroups: [''],
    resources: ['namespaces'],
    verbs: ['get', 'list', 'create', 'patch', 'update'],
  },
  {
    apiGroups: [''],
    resources: [
      ...['nodes', 'pods', 'configmaps', 'services', 'serviceaccounts', 'resourcequotas'],
      ...['limitranges', 'persistentvolumeclaims', 'secrets', 'persistentvolumes', 'events'],
    ],
    verbs: ['*'],
  },
  {
    apiGroups: [
      ...['apps', 'batch', 'autoscaling', 'policy', 'networking.k8s.io', 'scheduling.k8s.io'],
      ...['rbac.authorization.k8s.io', 'storage.k8s.io', 'admissionregistration.k8s.io'],
      ...['apiextensions.k8s.io', 'apiregistration.k8s.io', 'monitoring.coreos.com'],
      ...['scheduling.volcano.sh', 'batch.volcano.sh', 'leaderworkerset.x-k8s.io'],
      ...['gateway.networking.k8s.io', 'gateway.envoyproxy.io', 'user.openshift.io'],
    ],
    resources: ['*'],
    verbs: ['*'],
  },
];

/** The cluster as an account sees it that may do everything but delete namespaces. */
export async function restricted({ cluster, folder }: Planting): Promise<LiveCluster> {
  const rbac = 'rbac.authorization.k8s.io';
  const account = { kind: 'ServiceAccount', name: NAME, namespace: 'default' };
  for (const object of [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: NAME, namespace: 'default' } },
    { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name: NAME }, rules: RULES },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: NAME },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: NAME },
      subjects: [account],
    },
  ]) {
    await cluster.apply(object, 'site');
  }
  const { status } = await cluster.call<{ status: { token: string } }>(
    'POST',
    `/api/v1/namespaces/default/serviceaccounts/${NAME}/token`,
    { body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} } },
  );
  const config = parse(readFileSync(cluster.target.kubeconfig, 'utf8'));
  for (const entry of config.users) entry.user = { token: status.token };
  const kubeconfig = join(folder, `${NAME}.yaml`);
  writeFileSync(kubeconfig, stringify(config));
  return LiveCluster.open({ ...cluster.target, kubeconfig });
}
