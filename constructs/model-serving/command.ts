import type { Deployment, Model } from './catalogue/model';

/** Port of the OpenAI-compatible API (vllm serve --port, default 8000). */
export const API_PORT = 8000;

/** Address of a serving inside the cluster. */
export function servingEndpoint(serving: string, namespace: string): string {
  return `http://${serving}.${namespace}.svc:${API_PORT}/v1`;
}

/** Where the site's weights are mounted. */
export const WEIGHTS_PATH = '/models';

/**
 * Command line of `vllm serve` (flags: docs.vllm.ai, vllm-ascend tutorials). It is started without
 * a shell, so that vLLM itself gets the SIGTERM that ends a pod.
 */
export function vllmCommand(model: Model, deployment: Deployment, alias: string): string[] {
  return [
    'vllm',
    'serve',
    `${WEIGHTS_PATH}/${model.modelScopeId}`,
    `--served-model-name=${alias}`,
    `--port=${API_PORT}`,
    `--tensor-parallel-size=${deployment.tensorParallel}`,
    ...(deployment.dataParallel ? [`--data-parallel-size=${deployment.dataParallel}`] : []),
    ...(deployment.expertParallel ? ['--enable-expert-parallel'] : []),
    ...(model.quantized ? ['--quantization=ascend'] : []),
    ...(model.pooling ? ['--runner=pooling'] : []),
  ];
}
