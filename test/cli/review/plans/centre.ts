import type { Centre } from '../../../../stacks/centre';
import { tianjin } from '../../../../stacks/tianjin';

export const TENANTS = 'phase-100p-tenants';
export const MODELS = 'phase-100p-models';

type Resources = Record<string, Record<string, never>>;

/** Data of a centre, and what is edited in the output because no data says it. */
export interface Edit {
  readonly centre: Centre;
  readonly edit?: (stack: string, json: { resource: Record<string, Resources> }) => void;
}

/** Planted, so that a test can look for it: it opens nothing. */
export const PLANTED = 'planted-for-the-test-4711';

const [phase] = tianjin.phases;
const [services, university] = tianjin.tenants;
if (!phase || !services || !university) throw new Error('the centre is empty');

/** One phase of two servers with one tenant beside the model services, and one model. */
const small: Centre = {
  name: 'small',
  displayName: 'Small centre',
  assumptions: [],
  phases: [
    {
      ...phase,
      milestonePetaflops: 5,
      cluster: {
        ...phase.cluster,
        pools: [{ name: 'npu', serverForm: 'atlas-800t-a2', accelerator: '910B3', servers: 2 }],
        managementServers: 1,
      },
    },
  ],
  tenants: [
    { ...services, allocations: { [phase.id]: { guarantee: 4, ceiling: 8 } } },
    { ...university, allocations: { [phase.id]: { guarantee: 4, ceiling: 8 } } },
  ],
  servings: [{ phase: phase.id, tenant: services.name, model: 'qwen3-8b', replicas: 2 }],
};

export const base: Edit = { centre: small };

/** The university may hold less, the model has one replica more, and a Secret comes. */
export const head: Edit = {
  centre: {
    ...small,
    tenants: small.tenants.map((tenant) =>
      tenant.name === university.name
        ? { ...tenant, allocations: { [phase.id]: { guarantee: 4, ceiling: 6 } } }
        : tenant,
    ),
    servings: small.servings.map((serving) => ({ ...serving, replicas: 3 })),
  },
  edit(stack, json) {
    if (stack !== TENANTS) return;
    json.resource.kubernetes_secret_v1 = {
      planted: {
        metadata: { name: 'planted', namespace: services.name } as never,
        data: { password: PLANTED } as never,
        depends_on: [
          Object.keys(json.resource.kubernetes_namespace_v1 ?? {}).find((id) =>
            id.startsWith(services.name),
          ),
        ].map((id) => `kubernetes_namespace_v1.${id}`) as never,
      },
    };
  },
};

/** The selector of the model is another, and its budget. */
export const replaced: Edit = {
  centre: small,
  edit(stack, json) {
    if (stack !== MODELS) return;
    for (const [type, path] of [
      ['kubernetes_deployment_v1', 'spec'],
      ['kubernetes_pod_disruption_budget_v1', 'spec'],
    ] as const) {
      for (const resource of Object.values(json.resource[type] ?? {})) {
        const spec = resource[path] as unknown as {
          selector: { match_labels: Record<string, string> };
          template?: { metadata: { labels: Record<string, string> } };
        };
        spec.selector.match_labels['aicc.internal/generation'] = '2';
        if (spec.template) spec.template.metadata.labels['aicc.internal/generation'] = '2';
      }
    }
  },
};

export const withoutTenant: Edit = {
  centre: { ...small, tenants: small.tenants.slice(0, 1) },
};
