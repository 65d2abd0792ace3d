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
  const template = Template.of(stack);
  expect(template.objects()[0]).toEqual({
    ...object,
    spec: { list: ['${a}', '%{b}', '{{ $labels.c }}'] },
  });
  expect(JSON.stringify(template.snapshot())).toContain('$${a}');
});
