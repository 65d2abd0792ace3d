import { findModel, modelFit, serverKinds, type WeightsModel } from '../../../constructs';

function kind(form: string, accelerator: string) {
  const found = serverKinds().find(
    ({ form: { id }, accelerators }) =>
      id === form && (accelerators as readonly string[]).includes(accelerator),
  );
  if (!found) throw new Error(`no ${form} with ${accelerator}`);
  return found;
}

/** Qwen3-32B with another deployment on A2. */
function qwen(changes: object): WeightsModel {
  const model = findModel('qwen3-32b');
  if (model?.access !== 'weights' || !model.deployments.A2) throw new Error('no Qwen3-32B on A2');
  return { ...model, deployments: { A2: { ...model.deployments.A2, ...changes } } };
}

const A2 = kind('atlas-800t-a2', '910B3');

test('a deployment that a proof refutes does not fit, with its sum', () => {
  const { replica, reasons } = modelFit(qwen({ npus: 1, tensorParallel: 1 }), A2);
  expect(replica).toBeUndefined();
  expect(reasons).toEqual([expect.stringMatching(/^AICC-SRV-003: .* = 61.1 GiB a device > 54.86/)]);
});

test('the limit is memory where half the NPUs could not hold the weights', () => {
  const limit = (npus: number) => modelFit(qwen({ npus, tensorParallel: npus }), A2).replica?.limit;
  expect(limit(2)).toBe('memory');
  expect(limit(4)).toBe('documented');
});

test('chips of a form with other memory are a kind of their own', () => {
  expect(kind('atlas-800i-a2', '910B4').accelerators).toEqual(['910B4']);
  expect(kind('atlas-800i-a2', '910B4-1').accelerators).toEqual(['910B4-1']);
  expect(A2.accelerators).toEqual(['910B2', '910B3']);
});
