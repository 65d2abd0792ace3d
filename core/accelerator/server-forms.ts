import { type DataFile, type Entry, inheritAll, readData } from '../data-files';
import { lookup } from '../lookup';
import { mistakes } from '../validate';
import { ACCELERATORS, type Accelerator, type AcceleratorId, type Sourced } from './catalogue';

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
  readonly cpus: Sourced<number>;
  /** Memory of the host in GiB. */
  readonly memoryGib: Sourced<number>;
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

/** Server forms by their ids: what `data/server-forms.json` holds. */
export interface ServerFormsFile extends DataFile {
  /** What several forms extend, by name. */
  readonly shared?: Readonly<Record<string, ServerFormEntry>>;
  readonly forms: Readonly<Record<ServerFormId, ServerFormEntry>>;
}

/** A server form as the file tells it; it may extend a shared one. */
export interface ServerFormEntry extends Entry, Partial<Omit<ServerForm, 'id'>> {}

const FILE = readData<ServerFormsFile>(__dirname, 'data/server-forms.json');

export const SERVER_FORMS = inheritAll<ServerFormId, ServerForm>(
  FILE.forms,
  FILE.shared,
  'server-forms.json',
);

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
  const foundForm = lookup(SERVER_FORMS, form);
  const chip = lookup(ACCELERATORS, accelerator);
  if (!foundForm || !chip) {
    return mistakes(
      !foundForm &&
        `unknown server form; use one of ${Object.keys(SERVER_FORMS).join(', ')}, got: '${form}'`,
      !chip &&
        `unknown accelerator; use one of ${Object.keys(ACCELERATORS).join(', ')}, got: '${accelerator}'`,
    );
  }
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

/** GiB of one NPU that software can have; where nobody has told it, all that is built in: a limit from above. */
export function visibleMemoryGib({ accelerator, memoryGibPerNpu }: Server): number {
  return accelerator.visibleMemoryGib?.value ?? memoryGibPerNpu;
}
