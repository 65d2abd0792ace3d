/**
 * Ascend accelerators: peaks, memory and the Kubernetes resource name.
 *
 * Peaks are dense and of one package. `petaflops` anywhere in this package means dense FP16 peak of
 * the NPUs: that is how the public AI computing centres count (Pengcheng Cloud Brain II: 4,096 NPUs
 * of 256 TFLOPS FP16 are announced as 1,000 P,
 * sz.gov.cn/en_szgov/news/latest/content/post_8289472.html).
 */
export type AcceleratorId =
  | '910A'
  | '910B1'
  | '910B2'
  | '910B3'
  | '910B4'
  | '910B4-1'
  | '910C-752'
  | '910C-560'
  | '310P';

/** A number with its origin; `assumed` gives the reason where no primary source was found. */
export interface Fact<T> {
  readonly value: T;
  readonly source: string;
  /** Why the value is an assumption. @default - the value is a sourced fact */
  readonly assumed?: string;
}

/** One chip type. */
export interface Accelerator {
  readonly id: AcceleratorId;
  /** FP16 dense peak of a package in TFLOPS; undefined where none is known. */
  readonly fp16Tflops?: Fact<number>;
  /** BF16 dense peak of a package in TFLOPS; undefined where the chip has no BF16 or it is not known. */
  readonly bf16Tflops?: Fact<number>;
  /** INT8 dense peak of a package in TOPS. */
  readonly int8Tops?: Fact<number>;
  /** Device memory of a package in GiB. */
  readonly memoryGib: Fact<number>;
  /** Schedulable devices of a package: 2 dies on the 910C (A3), otherwise 1. */
  readonly devicesPerPackage: 1 | 2;
  /** Extended resource that the Ascend device plugin registers for whole devices. */
  readonly resourceName: 'huawei.com/Ascend910' | 'huawei.com/Ascend310P';
  /**
   * Value of the node label `node.kubernetes.io/npu.chip.name`: the name that the driver gives the chip,
   * copied by the device plugin (Ascend/mind-cluster docs `api/k8s.md`). The list there has neither A3
   * (its log says `chipName: Ascend910, devType: Ascend910A3`, docs `03_confirming_status.md`) nor the
   * 910B4-1 (HAMi has both); boards of the 910A may be called `910PremiumA`, `910ProA` or `910ProB`.
   */
  readonly chipName: string;
}

const MSM = 'Ascend/msmodeling tensor_cast/device.py (84fec85)';
const HAMI = 'Project-HAMi/HAMi charts/hami/templates/scheduler/device-configmap.yaml';

function msm(profile: string, value: number): Fact<number> {
  return { value, source: `${MSM}, profile ${profile}` };
}

/**
 * The tie of the chip names B2, B3 and B4 to the simulator's 376T, 313T and 280T profiles is by
 * arithmetic (cores × 8,192 FLOP × clock) and by public repositories that label B3 "313 TFLOPS".
 */
export const ACCELERATORS: Readonly<Record<AcceleratorId, Accelerator>> = {
  '910A': {
    id: '910A',
    fp16Tflops: { value: 256, source: 'hxnews.com/news/itkj/kjqy/201909/18/1806187_3.shtml' },
    int8Tops: {
      value: 512,
      source: 'sz.gov.cn/en_szgov/news/latest/content/post_8289472.html: twice the FP16 peak',
    },
    memoryGib: { value: 32, source: HAMI },
    devicesPerPackage: 1,
    resourceName: 'huawei.com/Ascend910',
    chipName: '910A',
  },
  '910B1': {
    id: '910B1',
    memoryGib: { value: 64, source: 'MindStudio sanitizer platform table' },
    devicesPerPackage: 1,
    resourceName: 'huawei.com/Ascend910',
    chipName: '910B1',
  },
  '910B2': {
    id: '910B2',
    fp16Tflops: msm('ATLAS_800_A2_376T_64G', 376),
    bf16Tflops: msm('ATLAS_800_A2_376T_64G', 353.9),
    int8Tops: msm('ATLAS_800_A2_376T_64G', 752),
    memoryGib: msm('ATLAS_800_A2_376T_64G', 64),
    devicesPerPackage: 1,
    resourceName: 'huawei.com/Ascend910',
    chipName: '910B2',
  },
  '910B3': {
    id: '910B3',
    fp16Tflops: msm('ATLAS_800_A2_313T_64G', 313),
    bf16Tflops: msm('ATLAS_800_A2_313T_64G', 294.9),
    int8Tops: msm('ATLAS_800_A2_313T_64G', 626),
    memoryGib: msm('ATLAS_800_A2_313T_64G', 64),
    devicesPerPackage: 1,
    resourceName: 'huawei.com/Ascend910',
    chipName: '910B3',
  },
  '910B4': {
    id: '910B4',
    fp16Tflops: msm('ATLAS_800_A2_280T_32G_PCIE', 280),
    bf16Tflops: msm('ATLAS_800_A2_280T_32G_PCIE', 245.8),
    int8Tops: msm('ATLAS_800_A2_280T_32G_PCIE', 560),
    memoryGib: { value: 32, source: HAMI },
    devicesPerPackage: 1,
    resourceName: 'huawei.com/Ascend910',
    chipName: '910B4',
  },
  '910B4-1': {
    id: '910B4-1',
    fp16Tflops: msm('ATLAS_800_A2_280T_64G', 280),
    bf16Tflops: msm('ATLAS_800_A2_280T_64G', 245.8),
    int8Tops: msm('ATLAS_800_A2_280T_64G', 560),
    memoryGib: { value: 64, source: HAMI },
    devicesPerPackage: 1,
    resourceName: 'huawei.com/Ascend910',
    chipName: '910B4-1',
  },
  '910C-752': {
    id: '910C-752',
    fp16Tflops: msm('ATLAS_800_A3_752T_128G_DIE', 752),
    bf16Tflops: msm('ATLAS_800_A3_752T_128G_DIE', 707.8),
    int8Tops: msm('ATLAS_800_A3_752T_128G_DIE', 1504),
    memoryGib: msm('ATLAS_800_A3_752T_128G_DIE', 128),
    devicesPerPackage: 2,
    resourceName: 'huawei.com/Ascend910',
    chipName: 'Ascend910',
  },
  '910C-560': {
    id: '910C-560',
    fp16Tflops: msm('ATLAS_800_A3_560T_128G_DIE', 560),
    bf16Tflops: msm('ATLAS_800_A3_560T_128G_DIE', 491.6),
    int8Tops: msm('ATLAS_800_A3_560T_128G_DIE', 1120),
    memoryGib: msm('ATLAS_800_A3_560T_128G_DIE', 128),
    devicesPerPackage: 2,
    resourceName: 'huawei.com/Ascend910',
    chipName: 'Ascend910',
  },
  '310P': {
    id: '310P',
    fp16Tflops: {
      value: 70,
      source: 'half of the 140 TFLOPS often given for the Atlas 300I Duo card',
      assumed: 'no primary source for FP16 of the 300I Duo was found',
    },
    int8Tops: { value: 140, source: 'half of the card: 3dnews.ru/1131049 (280 TOPS)' },
    memoryGib: { value: 48, source: '3dnews.ru/1131049: Atlas 300I Duo, 96 GB for two chips' },
    devicesPerPackage: 1,
    resourceName: 'huawei.com/Ascend310P',
    chipName: '310P3',
  },
};

/** Every extended resource name of the catalogue, each once, sorted. */
export const NPU_RESOURCE_NAMES: readonly string[] = [
  ...new Set(Object.values(ACCELERATORS).map((accelerator) => accelerator.resourceName)),
].sort();
