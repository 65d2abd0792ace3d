import { all, phase, type Scenario, serving } from './scenario';

/** A model of the data with four replicas of one NPU each. */
const DISTILLED = 'deepseek-r1-distill-qwen-7b';

/** Weights on an export instead of claims: nothing but pods changes with a model. */
function exported(server: string) {
  return phase('phase-100p', ({ cluster }) => ({
    cluster: { ...cluster, weights: { server, path: '/models' } },
  }));
}

export const MODEL_SCENARIOS: readonly Scenario[] = [
  {
    name: 'a model is added',
    change: (draft) => {
      draft.servings = [
        ...draft.servings,
        {
          phase: 'phase-100p',
          tenant: 'model-services',
          model: 'qwen3-coder-30b-a3b',
          replicas: 1,
        },
      ];
    },
    exit: 2,
    risks: ['AICC-RISK-011'],
    says: [/model model-services\/qwen3-coder-30b-a3b on tj-1 is new: .*, 1 replica, 4 NPUs/],
  },
  {
    name: 'a model gets more replicas',
    change: serving(DISTILLED, () => ({ replicas: 6 })),
    exit: 2,
    risks: [],
    says: [
      /model model-services\/deepseek-r1-distill-qwen-7b on tj-1: 4 → 6 replicas, \+2 NPUs/,
      /spec\.replicas: 4 → 6/,
    ],
  },
  {
    name: 'a model gets fewer replicas',
    change: serving(DISTILLED, () => ({ replicas: 2 })),
    exit: 2,
    risks: [],
    says: [/4 → 2 replicas, −2 NPUs/],
  },
  {
    name: 'a model is removed',
    change: (draft) => {
      draft.servings = draft.servings.filter((entry) => entry.model !== 'qwen3-14b');
    },
    exit: 3,
    risks: [],
    says: [
      /model model-services\/qwen3-14b on tj-1 is gone: 2 NPUs returned/,
      /destroyed \| `phase-100p-models\/model-services-qwen3-14b` with \d resources: Deployment/,
    ],
  },
  {
    name: 'a model is upgraded under its name',
    from: all(
      exported('weights.tj-1.aicc.internal'),
      serving('qwen3-8b', () => ({ name: 'chat-small' })),
    ),
    change: serving('qwen3-8b', () => ({ model: 'qwen3-14b' })),
    exit: 2,
    risks: ['AICC-RISK-015'],
    says: [/Qwen3-8B.* → .*Qwen3-14B/, /pods of model-services\/chat-small are recreated/],
  },
  {
    name: 'a serving is renamed: another object, and the old one goes',
    change: serving('qwen3-8b', () => ({ name: 'chat-small' })),
    exit: 3,
    risks: ['AICC-RISK-011'],
    says: [/model model-services\/chat-small on tj-1 is new/, /qwen3-8b on tj-1 is gone/],
  },
  {
    name: 'weights come from another server',
    from: exported('weights.tj-1.aicc.internal'),
    change: exported('nas.aicc.internal'),
    exit: 2,
    risks: ['AICC-RISK-015'],
    says: [/nfs weights\.tj-1\.aicc\.internal:\/models.* → nfs nas\.aicc\.internal:\/models/],
  },
  {
    name: 'a model gets more NPUs a replica',
    change: serving('qwen3-8b', () => ({ npus: 2 })),
    exit: 2,
    risks: [],
    says: [/model model-services\/qwen3-8b on tj-1: 4 → 8 NPUs/],
  },
];
