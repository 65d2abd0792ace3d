import { lookup } from '../lookup';
import { ACCELERATORS, type Accelerator, type AcceleratorId, type Fact } from './catalogue';

export type ServerFormId =
  | 'atlas-800-9000'
  | 'atlas-800t-a2'
  | 'atlas-800i-a2'
  | 'atlas-200t-a2-box16'
  | 'atlas-800t-a3'
  | 'atlas-300i-duo-server';

/** A node form: accelerators, host and how the scheduler has to treat it. */
export interface ServerForm {
  readonly id: ServerFormId;
  readonly title: string;
  /** Chips that the form is built with. */
  readonly accelerators: readonly AcceleratorId[];
  /** NPU packages in a server. */
  readonly packages: number;
  /** Logical CPUs of the host. */
  readonly cpus: Fact<number>;
  /** Memory of the host in GiB. */
  readonly memoryGib: Fact<number>;
  readonly architecture: 'arm64' | 'amd64';
  /** Annotation `huawei.com/schedule_policy` of jobs (Ascend/mind-cluster docs, scheduling/api/volcano). */
  readonly schedulePolicy?: string;
  /** Node label `accelerator-type` up to MindCluster 26.0 (installation guide of 26.0.0). */
  readonly acceleratorType?: string;
  /** Whether the node label `server-usage=infer` was asked for up to MindCluster 26.0 (same guide). */
  readonly inferLabel: boolean;
  /** Schedulable devices that one pod may ask for (Ascend/mind-cluster docs, processor-based affinity). */
  readonly podNpuCounts: readonly number[];
  readonly source: string;
}

const AFFINITY =
  'Ascend/mind-cluster docs/en scheduling 03_ascend_ai_processor_based_affinity.md, api/volcano.md (26.0)';
const KUNPENG: Fact<number> = { value: 192, source: 'vllm-project/vllm-ascend#2379: 4 × 48 cores' };
const MEMORY: Fact<number> = {
  value: 1536,
  source: 'no primary source found',
  assumed: 'host memory of the server is not published; 1.5 TiB is the lower end of what is sold',
};

export const SERVER_FORMS: Readonly<Record<ServerFormId, ServerForm>> = {
  'atlas-800-9000': {
    id: 'atlas-800-9000',
    title: 'Atlas 800 (9000)',
    accelerators: ['910A'],
    packages: 8,
    cpus: { value: 192, source: 'ModelArts snt9 flavor, huaweicloud.com/guide/productsdesc-bms' },
    memoryGib: {
      value: 768,
      source: 'ModelArts snt9 flavor, huaweicloud.com/guide/productsdesc-bms',
    },
    architecture: 'arm64',
    schedulePolicy: 'chip4-node8',
    acceleratorType: 'module',
    inferLabel: false,
    podNpuCounts: [1, 2, 4, 8],
    source: AFFINITY,
  },
  'atlas-800t-a2': {
    id: 'atlas-800t-a2',
    title: 'Atlas 800T A2',
    accelerators: ['910B1', '910B2', '910B3'],
    packages: 8,
    cpus: KUNPENG,
    memoryGib: MEMORY,
    architecture: 'arm64',
    schedulePolicy: 'chip8-node8',
    acceleratorType: 'module-910b-8',
    inferLabel: false,
    podNpuCounts: [1, 2, 3, 4, 5, 6, 7, 8],
    source: AFFINITY,
  },
  'atlas-800i-a2': {
    id: 'atlas-800i-a2',
    title: 'Atlas 800I A2',
    accelerators: ['910B4', '910B4-1'],
    packages: 8,
    cpus: KUNPENG,
    memoryGib: MEMORY,
    architecture: 'arm64',
    schedulePolicy: 'chip8-node8',
    acceleratorType: 'module-910b-8',
    inferLabel: true,
    podNpuCounts: [1, 2, 3, 4, 5, 6, 7, 8],
    source: AFFINITY,
  },
  'atlas-200t-a2-box16': {
    id: 'atlas-200t-a2-box16',
    title: 'Atlas 200T A2 Box16',
    accelerators: ['910B1', '910B2', '910B3'],
    packages: 16,
    cpus: { ...KUNPENG, assumed: 'taken from the 800T A2; the Box16 host is not published' },
    memoryGib: MEMORY,
    architecture: 'amd64',
    schedulePolicy: 'chip8-node16',
    acceleratorType: 'module-910b-16',
    inferLabel: false,
    podNpuCounts: [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16],
    source: AFFINITY,
  },
  'atlas-800t-a3': {
    id: 'atlas-800t-a3',
    title: 'Atlas 800T A3',
    accelerators: ['910C-752', '910C-560'],
    packages: 8,
    cpus: { ...KUNPENG, assumed: 'four Kunpeng CPUs as in CloudMatrix384 (arXiv 2506.12708)' },
    memoryGib: MEMORY,
    architecture: 'arm64',
    schedulePolicy: 'chip2-node16',
    acceleratorType: 'module-a3-16',
    inferLabel: false,
    podNpuCounts: [1, 2, 4, 6, 8, 10, 12, 14, 16],
    source: AFFINITY,
  },
  'atlas-300i-duo-server': {
    id: 'atlas-300i-duo-server',
    title: 'Server with four Atlas 300I Duo cards',
    accelerators: ['310P'],
    packages: 8,
    cpus: { value: 96, source: 'no primary source found', assumed: 'hosts differ by site' },
    memoryGib: { value: 512, source: 'no primary source found', assumed: 'hosts differ by site' },
    architecture: 'arm64',
    inferLabel: false,
    podNpuCounts: [1, 2, 3, 4, 5, 6, 7, 8],
    source: AFFINITY,
  },
};

/** A server form with one of its chips: what a node pool consists of. */
export interface Server {
  readonly form: ServerForm;
  readonly accelerator: Accelerator;
  /** Schedulable devices ("NPUs") of a server. */
  readonly npus: number;
  /** Dense FP16 peak of one NPU in TFLOPS. */
  readonly tflopsPerNpu: number;
  /** Memory of one NPU in GiB. */
  readonly memoryGibPerNpu: number;
}

/**
 * Looks a server up.
 * @returns the server, or the messages that say what is unknown or does not fit
 */
export function findServer(form: string, accelerator: string): Server | string[] {
  const problems: string[] = [];
  const foundForm = lookup(SERVER_FORMS, form);
  const chip = lookup(ACCELERATORS, accelerator);
  if (foundForm === undefined) {
    problems.push(
      `unknown server form; use one of ${Object.keys(SERVER_FORMS).join(', ')}, got: '${form}'`,
    );
  }
  if (chip === undefined) {
    problems.push(
      `unknown accelerator; use one of ${Object.keys(ACCELERATORS).join(', ')}, got: '${accelerator}'`,
    );
  }
  if (foundForm === undefined || chip === undefined) return problems;
  if (!foundForm.accelerators.includes(chip.id)) {
    return [
      `${foundForm.title} is built with ${foundForm.accelerators.join(' or ')}; change the form or the accelerator, got: '${accelerator}'`,
    ];
  }
  if (chip.fp16Tflops === undefined) {
    return [
      `no FP16 peak is known for ${chip.id}, so its petaflops cannot be counted; use another accelerator, got: '${accelerator}'`,
    ];
  }
  return {
    form: foundForm,
    accelerator: chip,
    npus: foundForm.packages * chip.devicesPerPackage,
    tflopsPerNpu: chip.fp16Tflops.value / chip.devicesPerPackage,
    memoryGibPerNpu: chip.memoryGib.value / chip.devicesPerPackage,
  };
}

/**
 * What a host keeps of its CPUs and GiB for kubelet, container runtime, operating system and daemons of the
 * site: an assumption of ours. The components of this package are counted apart.
 */
export const HOST_OVERHEAD = { cpus: 8, memoryGib: 64 } as const;

/**
 * CPUs and GiB that a management server has at least (Ascend/mind-cluster
 * `installation_guide/01_environment_dependencies.md`: more than 32 cores, more than 64 GB).
 */
export const MANAGEMENT_SERVER = { cpus: 32, memoryGib: 64 } as const;

/** CPUs and GiB of a tenant's container that asks for none; an assumption of ours. */
export const CONTAINER_DEFAULTS = { cpus: 1, memoryGib: 2 } as const;

/** Share of a host that is left to pods with NPUs; the rest is for the system and its daemons. */
const HOST_SHARE_FOR_NPU_PODS = 0.85;

/** CPUs and GiB of host memory that go with one NPU: an assumption of ours, rounded down. */
export function hostShare(server: Server, npus: number): { cpus: number; memoryGib: number } {
  const perNpu = (total: number) => Math.floor((total * HOST_SHARE_FOR_NPU_PODS) / server.npus);
  return {
    cpus: perNpu(server.form.cpus.value) * npus,
    memoryGib: perNpu(server.form.memoryGib.value) * npus,
  };
}

/** Peak of a whole server in TFLOPS. */
export function serverTflops(server: Server): number {
  return server.npus * server.tflopsPerNpu;
}

/** Servers needed for a peak in petaflops: the smallest whole number that reaches it. */
export function serversFor(server: Server, petaflops: number): number {
  // 513.32 PF are 205 × 2,504 TFLOPS, whatever the last binary digit says.
  return Math.ceil(((petaflops * 1000) / serverTflops(server)) * (1 - 1e-12));
}
