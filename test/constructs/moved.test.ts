import { ConfigMapV1 } from '@cdktf/provider-kubernetes/lib/config-map-v1';
import { NamespaceV1 } from '@cdktf/provider-kubernetes/lib/namespace-v1';
import { Testing } from 'cdktf';
import { Construct } from 'constructs';
import { movedFrom } from '../../constructs';
import { testStack } from '../helpers/template';

/** A construct with a primary resource and one further down. */
function made(id: string) {
  const stack = testStack();
  const construct = new Construct(new Construct(stack, 'scope'), id);
  new NamespaceV1(construct, 'Resource', { metadata: { name: 'n' } });
  new ConfigMapV1(new Construct(construct, 'deep'), 'map', { metadata: { name: 'm' } });
  return { stack, construct };
}

interface Output {
  readonly resource: Readonly<Record<string, object>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
}

const output = ({ stack }: ReturnType<typeof made>): Output =>
  JSON.parse(Testing.synth(stack, true));

const addresses = ({ resource }: Output) =>
  Object.entries(resource).flatMap(([type, all]) =>
    Object.keys(all).map((name) => `${type}.${name}`),
  );

test('each resource below a construct is moved from the address that it had', () => {
  const old = addresses(output(made('before')));
  const renamed = made('after');
  movedFrom(renamed.construct, 'before');
  const after = output(renamed);
  expect(old).toHaveLength(2);
  expect(after.moved?.map(({ from }) => from).sort()).toEqual([...old].sort());
  expect(after.moved?.map(({ to }) => to).sort()).toEqual(addresses(after).sort());
  expect(addresses(after).filter((address) => old.includes(address))).toEqual([]);
});
