import { NPU_RESOURCE_NAMES } from './catalogue';

/**
 * Virtual devices that the device plugin can offer, without the prefix `huawei.com/`
 * (Ascend/mind-cluster 26.1 `ascend-device-plugin/pkg/common/constants.go`), and `npu-core`, by which
 * they are cut on demand (same source, dynamic virtualization).
 */
const VIRTUAL: Readonly<Record<string, readonly string[]>> = {
  Ascend910: [
    ...['2c', '4c', '8c', '16c', '3c.1cpu.8g', '5c.1cpu.8g', '5c.1cpu.16g', '6c.1cpu.16g'],
    ...['10c.3cpu.16g', '10c.3cpu.16g.ndvpp', '10c.3cpu.32g', '10c.4cpu.16g.dvpp', '12c.3cpu.32g'],
  ],
  Ascend310P: ['1c', '2c', '4c', '2c.1cpu', '4c.3cpu', '4c.3cpu.ndvpp', '4c.4cpu.dvpp'],
};

/**
 * Every extended resource by which somebody could get at an NPU, whole or virtual, whatever the
 * cluster has: `huawei.com/npu` stands for the generation after A3 (release notes of 26.0).
 */
export const ALL_NPU_RESOURCE_NAMES: readonly string[] = [
  ...NPU_RESOURCE_NAMES,
  ...Object.entries(VIRTUAL).flatMap(([chip, sizes]) =>
    sizes.map((size) => `huawei.com/${chip}-${size}`),
  ),
  'huawei.com/Ascend310',
  'huawei.com/npu',
  'huawei.com/npu-core',
].sort();
