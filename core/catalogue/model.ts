import type { Server, Sourced } from '../accelerator';
import type { Attention } from '../capacity';
import type { ModelDeployment, Platform } from './deployment';
import type { Licence } from './licence';
import type { Vocabulary } from './vocabulary';
import { computedSize, type Weights } from './weights';

/** What a model is mostly used for. */
export const TASKS = [
  'chat',
  'reasoning',
  'code',
  'agent',
  'embedding',
  'reranker',
  'speech-recognition',
  'ocr',
  'vision-language',
  'detection',
  'segmentation',
  'image-generation',
  'video-generation',
  'speech-synthesis',
  'translation',
  'time-series',
] as const;
export type Task = (typeof TASKS)[number];

export type Origin = 'domestic' | 'foreign';

/** What all models have. */
interface ModelFacts {
  /** Short name, a DNS label: the name that clients call. */
  readonly id: string;
  /** Name as its maker writes it. */
  readonly title: string;
  readonly task: Task;
  /** Country of the maker: China, or another one. */
  readonly origin: Origin;
  /**
   * The model that its weights were made from; encoders and other parts that were trained before do not
   * count. @default - trained from scratch
   */
  readonly base?: { readonly name: string; readonly origin: Origin; readonly source: string };
  /** First publication: `YYYY-MM-DD`, or `YYYY-MM` where the day is not known. */
  readonly released: Sourced<string>;
}

/** A model behind somebody else's API: known as one side of a replacement, never served here. */
export interface ApiModel extends ModelFacts {
  readonly access: 'api-only';
}

/** A model with published weights. */
export interface WeightsModel extends ModelFacts {
  readonly access: 'weights';
  /** Repository on ModelScope. @default - none is known */
  readonly modelScopeId?: string;
  /** Repository on Hugging Face. @default - none is known */
  readonly huggingFaceId?: string;
  /** All parameters, in billions. */
  readonly parametersBillions: Sourced<number>;
  /** Parameters used for one token, in billions. @default - all: no mixture of experts */
  readonly activeBillions?: Sourced<number>;
  /** Parameters of its routed experts, in billions. @default - not known, or it has none */
  readonly routedBillions?: Sourced<number>;
  readonly licence: Licence;
  /** `container`: a plain container of the site, because vllm-ascend does not serve this kind. */
  readonly runtime: 'vllm-ascend' | 'container';
  /** Image of a `container` with its source. @default - the site must name one */
  readonly image?: Sourced<string>;
  /** Weights that deployments load unless they name their own. */
  readonly weights: Weights;
  /**
   * What of it is code in the repository of its weights: vLLM runs that only with `--trust-remote-code`, and without
   * does not start, or takes another tokenizer and answers otherwise. @default - none is known
   */
  readonly repositoryCode?: Sourced<'tokenizer' | 'configuration'>;
  /** Files of its tokenizer that are not beside its weights. @default - it has none */
  readonly vocabulary?: Vocabulary;
  /** Says that it answers in time without an NPU, too. @default - not known */
  readonly runsOnCpu?: { readonly source: string };
  /** Shape of its KV cache, only from the published configuration. @default - not known: proofs say "not proven" */
  readonly attention?: Sourced<Attention>;
  /** Tokens of input and output together. @default - not known, or the model has none */
  readonly contextLength?: Sourced<number>;
  /** How it runs, by platform: each documented or marked as assumed. */
  readonly deployments: Readonly<Partial<Record<Platform, ModelDeployment>>>;
}

export type Model = WeightsModel | ApiModel;

/** Whether a model and what it was made from are both domestic: what a replacement asks for. */
export function isDomestic(model: Model): boolean {
  return model.origin === 'domestic' && model.base?.origin !== 'foreign';
}

/** The weights that a model loads on a platform. */
export function weightsOn(model: WeightsModel, platform: Platform): Weights {
  return model.deployments[platform]?.weights ?? model.weights;
}

/** GiB of weights that are routed experts. @returns undefined where it has none, or their number is not known */
export function expertsGib(
  { routedBillions }: WeightsModel,
  { format }: Weights,
): Sourced<number> | undefined {
  return (
    routedBillions && computedSize(routedBillions.value, format, `routed: ${routedBillions.source}`)
  );
}

/** Whether a model answers with vectors or scores instead of text (`--runner pooling`). */
export function isPooling({ task }: Model): boolean {
  return task === 'embedding' || task === 'reranker';
}

/** The platform of a server. @returns undefined where no documented model requirements exist for it */
export function platformOf(server: Server): Platform | undefined {
  const { id } = server.accelerator;
  if (id.startsWith('910B') && server.memoryGibPerNpu === 64) return 'A2';
  if (id.startsWith('910C')) return 'A3';
  return id === '310P' ? '310P' : undefined;
}
