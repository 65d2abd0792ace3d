import { renderStack } from '../../cli/manifests/render';
import { customResource } from '../../constructs/custom-resource';
import { Template, testStack } from '../helpers/template';

test('an object comes out as it went in, also where its text looks like a Terraform template', () => {
  const stack = testStack();
  const object = {
    apiVersion: 'example.org/v1',
    kind: 'Widget',
    metadata: { name: 'w' },
    spec: { list: ['${a}', '%{b}', '{{ $labels.c }}'], absent: undefined },
  };
  customResource(stack, 'w', object);
  const resource = Template.of(stack).snapshot() as never;
  expect(renderStack('test', { resource })[0]?.object).toEqual({
    ...object,
    spec: { list: ['${a}', '%{b}', '{{ $labels.c }}'] },
  });
  expect(JSON.stringify(resource)).toContain('$${a}');
});
