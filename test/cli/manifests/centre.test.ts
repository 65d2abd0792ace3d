import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { readOutput } from '../../../cli/manifests/read-output';
import { asSent, renderStack } from '../../../cli/manifests/render';
import { synthesizeCentre } from '../../../stacks/build';
import { tianjin } from '../../../stacks/tianjin';
import { temporaryFolder } from '../../helpers/temporary-folder';

interface Secured {
  readonly securityContext?: { readonly runAsNonRoot?: boolean };
}

interface PodSpec extends Secured {
  readonly containers: readonly Secured[];
  readonly initContainers?: readonly Secured[];
}

let out: string;

beforeAll(() => {
  out = temporaryFolder();
  synthesizeCentre(tianjin, { kubeconfig: '~/.kube/config', contexts: {} }, out);
});

test('every resource of the centre stands for one object', () => {
  for (const { name, json } of readOutput(out)) {
    const resources = Object.values(json.resource ?? {}).flatMap((all) => Object.keys(all));
    const objects = renderStack(name, json);
    expect(objects).toHaveLength(resources.length);
    for (const { object } of objects) expect(object.metadata.name).toMatch(/^[a-z0-9.-]+$/);
  }
});

test('the provider takes back no promise of a pod to run as another user than root', () => {
  const objects = readOutput(out).flatMap(({ name, json }) => renderStack(name, json).map(asSent));
  const pods = objects.flatMap(({ address, object }) => {
    const spec = (object.spec as { template?: { spec?: PodSpec } } | undefined)?.template?.spec;
    return spec ? [{ address, spec }] : [];
  });
  expect(pods.length).toBeGreaterThan(40);
  const taken = pods.filter(
    ({ spec: { securityContext, containers, initContainers = [] } }) =>
      securityContext?.runAsNonRoot &&
      [...containers, ...initContainers].some((c) => c.securityContext?.runAsNonRoot === false),
  );
  expect(taken.map(({ address }) => address)).toEqual([]);
});

test('stacks come in the order in which they depend on each other', () => {
  const names = readOutput(out, ['phase-300p-*']).map((stack) => stack.name);
  expect(names).toEqual(['phase-300p-cluster', 'phase-300p-tenants', 'phase-300p-models']);
});

test('fails for an unknown stack, a missing folder and a file that was cut', () => {
  expect(() => readOutput(out, ['phase-9p-*'])).toThrow(
    /no such stack; use one of phase-1.*'phase-9p-\*'/,
  );
  expect(() => readOutput(join(out, 'nowhere'))).toThrow(
    /cannot read .*manifest.json; run `npm start`/,
  );
  truncateSync(join(out, 'stacks/phase-100p-models/cdk.tf.json'), 100);
  expect(() => readOutput(out)).toThrow(/phase-100p-models\/cdk.tf.json is not whole JSON/);
});
