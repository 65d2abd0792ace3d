import { stringify } from 'yaml';
import { devicesField, QUEUE_ANNOTATION, VISIBLE_DEVICES } from '../../core/accelerator';
import { markdownTable } from '../markdown-table';
import { type ClusterShare, describe, type TenantFacts } from './facts';

/** What a tenant has been promised, as Markdown that can be sent to it. */
export function tenantPage(facts: TenantFacts): string {
  const { displayName, name, sector, scope, total, clusters } = facts;
  return [
    `# ${displayName}`,
    `Tenant \`${name}\`; sector ${sector}, scope ${scope}. NPU: one schedulable device. PF: dense FP16 peak of the NPUs.`,
    clusters.length === 0
      ? 'There is no share on any cluster.'
      : `**Guaranteed: ${describe(total)}** on ${clusters.length === 1 ? 'one cluster' : `${clusters.length} clusters`}.`,
    markdownTable(
      ['phase', 'cluster', 'guaranteed', 'at most', 'guaranteed so far', 'state', 'last day'],
      clusters.map((share) => [
        share.phase,
        share.cluster,
        describe(share.guarantee),
        describe(share.ceiling),
        describe(share.cumulative),
        share.state,
        share.expiry ?? '–',
      ]),
    ),
    '- **Guaranteed** NPUs are kept free for your queue.\n- **At most** is your quota. What is above the guarantee is borrowed: you get it while nobody else needs it and keep it until your job ends; nothing is taken back by force, from you as from others. It can be reached only as far as the guarantees of others leave room.',
    ...clusters.map(section),
  ].join('\n\n');
}

function section(share: ClusterShare): string {
  const { cluster, phase, jobs } = share;
  const [job, volcanoJob] = jobs.map((object) => stringify(object, { lineWidth: 0 }).trim());
  return [
    `## Cluster ${cluster} (${phase})`,
    '### Who may do what',
    share.roles.length === 0
      ? 'No group has a role yet.'
      : markdownTable(
          ['role', 'given to'],
          share.roles.map(({ role, subjects }) => [role, subjects.join(', ')]),
        ),
    tokenOf(share),
    '### Models',
    share.endpoints.length === 0
      ? 'No model runs on this cluster for you.'
      : markdownTable(
          ['model', 'address', 'reached'],
          share.endpoints.map(({ model, url, reach }) => [
            model,
            url,
            reach === 'direct' ? 'from your pods' : 'through the gateway of the cluster',
          ]),
        ),
    '### Limits',
    markdownTable(['what', 'at most'], Object.entries(share.quota)),
    `Every other NPU resource name, whole or virtual, is 0. A container that asks for nothing gets ${Object.entries(
      share.defaults,
    )
      .map(([what, amount]) => `${amount} of ${what}`)
      .join(', ')}.`,
    '### Rules for pods',
    rules(share),
    '### Network',
    `Closed but for these policies: ${share.network.join(', ')}. NetworkPolicy does not bind pods on the host network, and HCCL runs over the NPUs' own network past the pod network: its isolation is a matter of the hosts and switches, not of Kubernetes.`,
    '### A first job',
    `It lists its NPU. Copy the image to a registry that you may use, if it is not there: \`kubectl apply -f job.yaml\`, then \`kubectl logs job/first-job\`.`,
    fence(job),
    'The same as a Volcano Job:',
    fence(volcanoJob),
  ].join('\n\n');
}

function tokenOf({ roles, queue }: ClusterShare): string {
  return roles.some(({ subjects }) => subjects.includes('ServiceAccount ci'))
    ? `Pipelines use the account \`ci\`. An owner makes a token that ends by itself: \`kubectl create token ci --namespace ${queue} --duration=1h\`.`
    : 'There is no account for pipelines.';
}

function rules({ queue, imagePrefixes, priorityClasses, podSecurity, resourceName }: ClusterShare) {
  return [
    `- Pods with NPUs (\`${resourceName}\`) set \`schedulerName: volcano\`, the annotation \`${QUEUE_ANNOTATION}: ${queue}\` and a toleration of the taint \`${resourceName}\`, which other pods must not have.`,
    `- \`${VISIBLE_DEVICES}\` of containers with NPUs comes from the field \`${devicesField(resourceName)}\`, as in the jobs below.`,
    `- Images come from ${imagePrefixes?.map((prefix) => `\`${prefix}\``).join(', ') ?? 'anywhere'}, with a tag other than latest or a digest.`,
    `- Priority classes: ${priorityClasses.map((name) => `\`${name}\``).join(', ')}.`,
    `- Pod Security level \`${podSecurity}\`; no host network, no host folders, nothing privileged.`,
  ].join('\n');
}

function fence(yaml: string | undefined): string {
  return `\`\`\`yaml\n${yaml}\n\`\`\``;
}
