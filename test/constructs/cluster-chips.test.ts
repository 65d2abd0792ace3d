import type { ComputeClusterProps, NodePoolProps } from '../../constructs';
import { problemsOf, SMALL_POOL, smallCluster } from '../helpers/cluster';
import { testStack } from '../helpers/template';

const B3 = SMALL_POOL;
const B2 = { ...SMALL_POOL, name: 'b2', accelerator: '910B2' } as const;
const DUO: NodePoolProps = {
  name: 'duo',
  serverForm: 'atlas-300i-duo-server',
  accelerator: '310P',
  servers: 1,
};
const RENAMED = 'site.example/npu';
const OWN_IMAGES = { imageRegistry: 'registry.site/ascend' };
const OWN_PLUGIN = { components: { devicePlugin: 'external' } } as const;

const make = (pools: NodePoolProps[], props: Partial<ComputeClusterProps> = {}) =>
  smallCluster(testStack(), { pools, ...props });
const problems = (pools: NodePoolProps[], props: Partial<ComputeClusterProps> = {}) =>
  problemsOf(() => make(pools, props));

test('two chips of one family: no name helps with the device plugin of this package', () => {
  const refused = expect.stringMatching(
    /^test\/cluster: one chip type a family and cluster: .*; move a pool to another cluster or set components.devicePlugin to 'external', got: huawei.com\/Ascend910 for 910B3 and 910B2$/,
  );
  expect(problems([B3, B2])).toEqual([refused]);
  expect(problems([B3, { ...B2, resourceName: RENAMED }], OWN_IMAGES)).toEqual([refused]);
});

test('two families stand side by side', () => {
  expect(make([B3, DUO]).resourceNames()).toEqual([
    'huawei.com/Ascend310P',
    'huawei.com/Ascend910',
  ]);
});

test('another name needs an image of the site, which can hold it', () => {
  const renamed = { ...B3, resourceName: RENAMED };
  expect(problems([renamed])).toEqual([
    "test/cluster: pool 'npu': resourceName is one that upstream's image of the device plugin does not offer; set imageRegistry to one with images of the site's or leave resourceName out, got: 'site.example/npu'",
  ]);
  expect(make([renamed], OWN_IMAGES).resourceNames()).toEqual([RENAMED]);
  // Its own name is no other name.
  expect(() => make([{ ...B3, resourceName: 'huawei.com/Ascend910' }])).not.toThrow();
  expect(problems([{ ...B3, resourceName: 'my-site.example/npu' }], OWN_IMAGES)).toEqual([
    expect.stringMatching(/pool 'npu': resourceName must have 10 to 32 letters, digits.*got: 'my-/),
  ]);
});

test('pools of one family have one name, families have different ones', () => {
  const other = { ...B3, name: 'b', resourceName: RENAMED };
  expect(problems([B3, other], OWN_IMAGES)).toEqual([
    expect.stringMatching(
      /one resource name a family.*huawei.com\/Ascend910 and site.example\/npu$/,
    ),
  ]);
  const both = [other, { ...DUO, resourceName: RENAMED }];
  expect(problems(both, OWN_IMAGES)).toEqual([
    expect.stringMatching(/one family a resource name.*got: site.example\/npu for 910B3 and 310P$/),
  ]);
});

test('a device plugin of the site may offer chips apart, and under any names', () => {
  expect(problems([B3, B2], OWN_PLUGIN)).toEqual([
    expect.stringMatching(
      /one chip type a resource name and cluster; .*set its resourceName, got: huawei.com\/Ascend910 for 910B3 and 910B2$/,
    ),
  ]);
  const names = make(
    [B3, { ...B2, resourceName: 'my-site.example/b2' }],
    OWN_PLUGIN,
  ).resourceNames();
  expect(names).toEqual(['huawei.com/Ascend910', 'my-site.example/b2']);
});
