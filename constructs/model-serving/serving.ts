import type { NodePool } from '../../core/capacity';
import type { FlagValue, VllmArguments, WeightsModel } from '../../core/catalogue';
import type { SecretKey } from '../../core/secrets';
import type { Sizing } from '../../core/serving/fit';
import type { StartBudget } from '../../core/serving/start-budget';
import type { TenantNamespace } from '../tenant-namespace';
import type { ContainerOptions } from './container';
import type { WeightsSource } from './weights';

/** Name, namespace and labels of the objects of a serving. */
export interface ServingMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

/** A serving with everything decided: what its objects are made from. */
export interface ResolvedServing {
  readonly metadata: ServingMetadata;
  /** Labels of its pods. */
  readonly podLabels: Record<string, string>;
  /** The labels by which its pods are found. */
  readonly selector: Record<string, string>;
  readonly alias: string;
  readonly tenant: TenantNamespace;
  readonly pool: NodePool;
  readonly model: WeightsModel;
  readonly fit: Sizing;
  readonly weights: WeightsSource;
  readonly image: string;
  /** Where the model runs in a container of the site's. @default - vLLM runs it */
  readonly container?: ContainerOptions;
  readonly arguments: VllmArguments;
  readonly flags: Readonly<Record<string, FlagValue>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly secretEnvironment: Readonly<Record<string, SecretKey>>;
  readonly apiKey?: SecretKey;
  readonly budget: StartBudget;
  /** Seconds that a request may take: what runs when a pod is stopped is finished. */
  readonly requestTimeoutSeconds: number;
  readonly readOnlyRootFilesystem: boolean;
}

/** Part of a pod in its replica: alone, or first or further one of a group. */
export type PodRole = 'alone' | 'leader' | 'worker';
