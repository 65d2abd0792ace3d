import type { Sourced } from '../accelerator';
import type { DataFile, Entry } from '../data-files';
import type { ModelDeployment, Platform, VllmArguments } from './deployment';
import type { Licence } from './licence';
import type { WeightsModel } from './model';
import type { Weights } from './weights';

/** Models of a family: what `data/models/*.json` hold. */
export interface ModelFile extends DataFile {
  /** What several entries of the file extend, by name. */
  readonly shared?: {
    readonly models?: Readonly<Record<string, ModelEntry>>;
    readonly deployments?: Readonly<Record<string, DeploymentEntry>>;
    readonly arguments?: Readonly<Record<string, ArgumentsEntry>>;
    readonly environments?: Readonly<Record<string, EnvironmentEntry>>;
  };
  /** By id. One may extend a shared one, or another model of the file. */
  readonly models: Readonly<Record<string, ModelEntry>>;
}

/** A model as its file tells it; what is left out is calculated or inherited. */
export interface ModelEntry
  extends Entry,
    Partial<
      Omit<WeightsModel, 'id' | 'access' | 'licence' | 'routedBillions' | 'weights' | 'deployments'>
    > {
  /** `weights`: published; `api-only`: behind somebody else's API, never served here. */
  readonly access?: 'weights' | 'api-only';
  /** Its restrictions are those of the text in `licences.json`. */
  readonly licence?: Omit<Licence, 'restrictions'>;
  readonly routedBillions?: RoutedExperts;
  readonly weights?: WeightsEntry;
  /** How it runs, by platform; one may extend a shared one, or that of another platform. */
  readonly deployments?: Readonly<Partial<Record<Platform, DeploymentEntry>>>;
}

/** Shape of the routed experts, three matrices each: it gives their parameters. */
export interface RoutedExperts extends Omit<Sourced<number>, 'value'> {
  /** Layers with experts. */
  readonly layers: number;
  /** Routed experts of a layer. */
  readonly experts: number;
  readonly hiddenSize: number;
  /** Inner width of an expert. */
  readonly innerSize: number;
}

/** Weights as a file tells them. */
export interface WeightsEntry extends Omit<Weights, 'hub' | 'repository' | 'sizeGib'> {
  /** @default - ModelScope where the model is there, else Hugging Face */
  readonly hub?: Weights['hub'];
  /** @default - that of the model on the hub */
  readonly repository?: string;
  /** @default - calculated from the parameters of the model */
  readonly sizeGib?: Sourced<number> | FileSize | ParameterSize;
  /** What a reader should know. */
  readonly note?: string;
}

/** Size of weights by the size of their files. */
export interface FileSize {
  /** Millions of bytes. */
  readonly megabytes: number;
  readonly source: string;
}

/** Size of weights by their parameters, where these are not simply those of the model. */
export interface ParameterSize {
  readonly billions: number;
  /** What they are. */
  readonly of: string;
}

/** A deployment as its file tells it. */
export interface DeploymentEntry
  extends Entry,
    Partial<
      Omit<
        ModelDeployment,
        'servers' | 'tensorParallel' | 'dtype' | 'weights' | 'arguments' | 'environment'
      >
    > {
  /** @default 1 */
  readonly servers?: number;
  /** @default - NPUs that data and pipeline parallelism leave */
  readonly tensorParallel?: number;
  /** @default - bfloat16, and float16 on the 310P, which has no BF16 */
  readonly dtype?: ModelDeployment['dtype'];
  readonly weights?: WeightsEntry;
  readonly arguments?: ArgumentsEntry;
  readonly environment?: EnvironmentEntry;
}

export interface ArgumentsEntry extends Entry, VllmArguments {}

export interface EnvironmentEntry extends Entry {
  readonly [variable: string]: string | undefined;
}
