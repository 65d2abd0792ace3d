import { allModels } from '../../constructs';
import { synthesizeCentre } from '../../stacks/build';
import type { BuiltCentre } from '../../stacks/built-centre';
import type { Centre, WeightsLock } from '../../stacks/centre';
import { summarize } from '../../stacks/summary';
import { tianjin } from '../../stacks/tianjin';
import {
  builtClaims,
  claimSize,
  validateWeightsLock,
  weightsLockOf,
} from '../../stacks/weights-lock';
import { problemsOf } from '../helpers/cluster';
import { temporaryFolder } from '../helpers/temporary-folder';

const PHASE = 'phase-100p';
// Such weights would not fit their devices, which is not the question here.
const SETTINGS = {
  environment: PHASE,
  kubeconfig: '~/.kube/config',
  contexts: {},
  failedProofs: 'write',
} as const;
const LOCK: WeightsLock = tianjin.weightsLock ?? {};

function build(centre: Centre = tianjin, environment = PHASE): BuiltCentre {
  return synthesizeCentre(centre, { ...SETTINGS, environment }, temporaryFolder());
}

/** Sizes in GiB by namespace and name, as they stand in the stack of the last phase. */
function written({ phases }: BuiltCentre): Record<string, number> {
  const [claims] = phases.slice(-1).map(({ models }) => {
    const { resource } = models.toTerraform() as {
      resource: { kubernetes_persistent_volume_claim_v1: Record<string, Claim> };
    };
    return Object.values(resource.kubernetes_persistent_volume_claim_v1);
  });
  return Object.fromEntries(
    (claims ?? []).map(({ metadata, spec, lifecycle }) => {
      expect(lifecycle).toEqual({ prevent_destroy: true });
      const { storage } = spec.resources.requests;
      return [`${metadata.namespace}/${metadata.name}`, Number(/^(\d+)Gi$/.exec(storage)?.[1])];
    }),
  );
}

interface Claim {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly resources: { readonly requests: { readonly storage: string } } };
  readonly lifecycle?: object;
}

/** Runs with a catalogue in which every size is another one. */
function withSizes<T>(change: (gib: number) => number, run: () => T): T {
  const weights = allModels().flatMap((model) =>
    model.access === 'weights'
      ? [model.weights, ...Object.values(model.deployments).map((deployment) => deployment.weights)]
      : [],
  );
  const sizes = [...new Set(weights.flatMap((one) => one?.sizeGib ?? []))] as { value: number }[];
  const before = sizes.map(({ value }) => value);
  for (const size of sizes) size.value = change(size.value);
  try {
    return run();
  } finally {
    sizes.forEach((size, index) => {
      size.value = before[index] ?? size.value;
    });
  }
}

test.each(Object.keys(LOCK))(
  'no claim of %s shrinks with the catalogue, and each that keeps its size is named',
  (phase) => {
    const sizes = LOCK[phase] ?? {};
    expect(Object.keys(sizes)).not.toEqual([]);
    withSizes(
      (gib) => gib * 0.9,
      () => {
        const built = build(tianjin, phase);
        expect(written(built)).toEqual(sizes);
        expect(weightsLockOf(tianjin, builtClaims(built))).toEqual(LOCK);
        const summary = summarize(tianjin, built);
        for (const [claim, size] of Object.entries(sizes).filter(([, gib]) => gib > 20)) {
          expect(summary).toContain(`${phase}-models: ${claim} keeps ${size} GiB`);
        }
      },
    );
  },
);

test('without a lock they would: sizes are of the catalogue', () => {
  withSizes(
    (gib) => gib * 0.9,
    () => {
      const sizes = written(build({ ...tianjin, weightsLock: undefined }));
      expect(sizes['model-services/weights-qwen3-32b']).toBeLessThan(
        LOCK[PHASE]?.['model-services/weights-qwen3-32b'] ?? 0,
      );
    },
  );
});

test('claims grow with the catalogue, not for a little', () => {
  const grown = withSizes(
    (gib) => gib * 1.5,
    () => written(build()),
  );
  for (const [claim, size] of Object.entries(LOCK[PHASE] ?? {})) {
    expect(grown[claim]).toBeGreaterThan(size);
  }
});

test.each([
  ['new', 61.1, undefined, 68],
  ['as it was', 61.1, 68, 68],
  ['corrected downwards', 58, 68, 68],
  ['corrected upwards, with room left', 64, 68, 68],
  ['corrected upwards, without', 65, 68, 72],
  ['much larger', 610, 68, 671],
])('a claim that is %s', (_what, weightsGib, locked, size) => {
  expect(claimSize(weightsGib, locked)).toBe(size);
});

test('a lock forgets claims that are gone, and keeps those of phases that were not built', () => {
  const built = build({ ...tianjin, servings: [], replacements: [] });
  const { [PHASE]: own, ...others } = weightsLockOf(tianjin, builtClaims(built));
  const { [PHASE]: _, ...before } = LOCK;
  expect(own).toEqual({});
  expect(others).toEqual(before);
});

test('sizes that are none are named', () => {
  const lock = { [PHASE]: { 'a/b': 8, 'a/c': 8.5, 'a/d': '68Gi' as unknown as number } };
  expect(validateWeightsLock(lock).map(({ path, message }) => `${path}: ${message}`)).toEqual([
    expect.stringMatching(/^weights\.lock\.json\/phase-100p\/a\/c: .*, got: 8\.5$/),
    expect.stringMatching(/^weights\.lock\.json\/phase-100p\/a\/d: .*, got: "68Gi"$/),
  ]);
  // Its type comes first.
  expect(problemsOf(() => build({ ...tianjin, weightsLock: lock }))).toEqual([
    expect.stringMatching(/weightsLock of phase-100p of a\/d must be a number.*got: '68Gi'$/),
  ]);
});
