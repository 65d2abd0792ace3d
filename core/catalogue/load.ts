import type { Sourced } from '../accelerator';
import { inherit } from '../data-files';
import { ProblemCollector, throwIfAny, ValidationError } from '../errors';
import { lookup } from '../lookup';
import type { ModelDeployment, Platform } from './deployment';
import { LICENCES, type Licence } from './licence';
import type { Model, WeightsModel } from './model';
import type {
  DeploymentEntry,
  ModelEntry,
  ModelFile,
  RoutedExperts,
  WeightsEntry,
} from './model-file';
import { computedSize, fileSize, type Weights } from './weights';

/** An entry with the keys that every model has, which the schema of the files cannot ask for. */
type Whole = ModelEntry &
  Required<Pick<WeightsModel, 'title' | 'task' | 'origin' | 'released' | 'parametersBillions'>> &
  Required<Pick<WeightsModel, 'runtime'>> &
  Required<Pick<ModelEntry, 'licence' | 'weights' | 'deployments'>>;

/**
 * The models of a file, whole: with what they inherit and what is calculated.
 * @param path of the file, for messages
 * @throws ValidationError with a problem a model, where names are of nothing
 */
export function loadModels(file: ModelFile, path: string): Model[] {
  const named = { ...file.shared?.models, ...file.models };
  const collector = new ProblemCollector();
  const models = Object.entries(file.models).map(([id, entry]) =>
    collector.attempt(() => {
      const at = `${path}.models.${id}`;
      const { access, ...facts } = inherit(entry, named, at);
      return access === 'weights'
        ? { ...weightsModel(facts as Whole, file.shared, at), id }
        : ({ ...facts, access, id } as Model);
    }),
  );
  throwIfAny(collector.problems);
  return models.filter((model) => model !== undefined);
}

function weightsModel(
  { licence, routedBillions, weights, deployments, ...facts }: Whole,
  shared: ModelFile['shared'],
  at: string,
): Omit<WeightsModel, 'id'> {
  return {
    ...facts,
    access: 'weights',
    licence: withRestrictions(licence, `${at}.licence`),
    ...(routedBillions ? { routedBillions: routedParameters(routedBillions) } : {}),
    weights: weightsOf(weights, facts),
    deployments: Object.fromEntries(
      Object.entries(deployments).map(([platform, entry]) => {
        const where = `${at}.deployments.${platform}`;
        const whole = inherit(entry, { ...shared?.deployments, ...deployments }, where);
        return [platform, deployment(platform as Platform, whole, facts, shared, where)];
      }),
    ),
  };
}

function withRestrictions({ name, ...read }: Omit<Licence, 'restrictions'>, path: string): Licence {
  const text = lookup(LICENCES, name);
  if (text === undefined) {
    const message = `is not in licences.json; add it or use another, got: '${name}'`;
    throw new ValidationError([{ path, message }]);
  }
  return { name, restrictions: text.restrictions, ...read };
}

function routedParameters(shape: RoutedExperts): Sourced<number> {
  const { layers, experts, hiddenSize, innerSize, source, ...assumed } = shape;
  return {
    value: Math.round((layers * experts * 3 * hiddenSize * innerSize) / 1e8) / 10,
    source: `${source}: ${layers} layers × ${experts} experts × 3 × ${hiddenSize} × ${innerSize}`,
    ...assumed,
  };
}

type OnHubs = Pick<WeightsModel, 'modelScopeId' | 'huggingFaceId' | 'parametersBillions'>;

function weightsOf({ note, sizeGib, ...entry }: WeightsEntry, model: OnHubs): Weights {
  return {
    hub: model.modelScopeId ? 'modelscope' : 'huggingface',
    repository: model.modelScopeId ?? model.huggingFaceId ?? '',
    ...entry,
    sizeGib: sizeOf(sizeGib, entry.format, model),
  };
}

function sizeOf(
  size: WeightsEntry['sizeGib'],
  format: Weights['format'],
  { parametersBillions }: OnHubs,
): Sourced<number> {
  if (size === undefined) return computedSize(parametersBillions.value, format);
  if ('billions' in size) return computedSize(size.billions, format, size.of);
  return 'megabytes' in size ? fileSize(size.megabytes, size.source) : size;
}

function deployment(
  platform: Platform,
  { weights, arguments: args, environment, ...entry }: DeploymentEntry,
  model: OnHubs,
  shared: ModelFile['shared'],
  at: string,
): ModelDeployment {
  const { npus, dataParallel = 1, pipelineParallel = 1 } = entry as ModelDeployment;
  return {
    servers: 1,
    tensorParallel: npus / (dataParallel * pipelineParallel),
    dtype: platform === '310P' ? 'float16' : 'bfloat16',
    ...(entry as Pick<ModelDeployment, 'npus' | 'source'>),
    ...(weights ? { weights: weightsOf(weights, model) } : {}),
    ...(args ? { arguments: inherit(args, shared?.arguments ?? {}, `${at}.arguments`) } : {}),
    ...(environment
      ? {
          environment: inherit(
            environment,
            shared?.environments ?? {},
            `${at}.environment`,
          ) as ModelDeployment['environment'],
        }
      : {}),
  };
}
