import { type DataFile, type Entry, inheritAll, readData } from '../data-files';

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
export interface Sourced<T> {
  readonly value: T;
  readonly source: string;
  /** Why the value is an assumption. @default - the value is a sourced fact */
  readonly assumed?: string;
}

/** Number formats of weights and activations. */
export type DataType = 'FP32' | 'FP16' | 'BF16' | 'FP8' | 'FP4' | 'INT8' | 'INT4';

export type DataTypeList = readonly DataType[];

/** What is known of an accelerator; a format in neither list is not known. */
export interface DataTypes {
  readonly supported: Sourced<DataTypeList>;
  readonly unsupported: Sourced<DataTypeList>;
}

/** One chip type. */
export interface Accelerator {
  readonly id: AcceleratorId;
  /** FP16 dense peak of a package in TFLOPS; undefined where none is known. */
  readonly fp16Tflops?: Sourced<number>;
  /** BF16 dense peak of a package in TFLOPS; undefined where the chip has no BF16 or it is not known. */
  readonly bf16Tflops?: Sourced<number>;
  /** INT8 dense peak of a package in TOPS. */
  readonly int8Tops?: Sourced<number>;
  /** Device memory of a package in GiB. */
  readonly memoryGib: Sourced<number>;
  /**
   * GiB of a device that software sees, less than is built in: firmware and driver have the rest.
   * @default - nobody has told it: all that is built in, a limit from above
   */
  readonly visibleMemoryGib?: Sourced<number>;
  /** Number formats, as the software knows them that this package deals with. */
  readonly dataTypes: DataTypes;
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

/** Chips by their ids: what `data/accelerators.json` holds. */
export interface AcceleratorsFile extends DataFile {
  /** What several chips extend, by name. */
  readonly shared?: Readonly<Record<string, AcceleratorEntry>>;
  readonly accelerators: Readonly<Record<AcceleratorId, AcceleratorEntry>>;
}

/** A chip as the file tells it; it may extend a shared one. */
export interface AcceleratorEntry extends Entry, Partial<Omit<Accelerator, 'id'>> {}

const FILE = readData<AcceleratorsFile>(__dirname, 'data/accelerators.json');

export const ACCELERATORS = inheritAll<AcceleratorId, Accelerator>(
  FILE.accelerators,
  FILE.shared,
  'accelerators.json',
);

/** Every extended resource name of the catalogue, each once, sorted. */
export const NPU_RESOURCE_NAMES: readonly string[] = [
  ...new Set(Object.values(ACCELERATORS).map((accelerator) => accelerator.resourceName)),
].sort();
