import {
  type Deployment,
  isPooling,
  isQuantized,
  type Weights,
  type WeightsModel,
} from './catalogue';

/** Port of the OpenAI-compatible API (vllm serve --port, default 8000). */
export const API_PORT = 8000;

/** Address of a serving inside the cluster. */
export function servingEndpoint(serving: string, namespace: string): string {
  return `http://${serving}.${namespace}.svc:${API_PORT}/v1`;
}

/** Where the site's weights are mounted. */
export const WEIGHTS_PATH = '/models';

/** Where weights are inside a pod. */
function weightsDirectory({ repository, directory }: Weights): string {
  return [WEIGHTS_PATH, repository, ...(directory ? [directory] : [])].join('/');
}

/**
 * Command line of `vllm serve` (flags: docs.vllm.ai, vllm-ascend tutorials). It is started without
 * a shell, so that vLLM itself gets the SIGTERM that ends a pod.
 */
export function vllmCommand(model: WeightsModel, deployment: Deployment, alias: string): string[] {
  const weights = deployment.weights ?? model.weights;
  return [
    'vllm',
    'serve',
    weightsDirectory(weights),
    `--served-model-name=${alias}`,
    `--port=${API_PORT}`,
    `--tensor-parallel-size=${deployment.tensorParallel}`,
    ...(deployment.dataParallel ? [`--data-parallel-size=${deployment.dataParallel}`] : []),
    ...(deployment.expertParallel ? ['--enable-expert-parallel'] : []),
    ...(isQuantized(weights) ? ['--quantization=ascend'] : []),
    ...(isPooling(model) ? ['--runner=pooling'] : []),
    ...(deployment.arguments?.gpuMemoryUtilization
      ? [`--gpu-memory-utilization=${deployment.arguments.gpuMemoryUtilization}`]
      : []),
  ];
}
