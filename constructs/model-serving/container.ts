import type { WeightsModel } from '../../core/catalogue';
import type { Port, UrlPath } from '../../core/schema/types';
import { hasSecret, isRefused } from '../../core/secrets';

/**
 * A container of the site's for models that vllm-ascend does not serve (detection, segmentation,
 * time series …). The weights are mounted; `$(MODEL_PATH)` in `command` and `args` is their directory.
 */
export interface ContainerOptions {
  /** @default - the entrypoint of the image */
  readonly command?: readonly string[];
  /** @default - those of the image */
  readonly args?: readonly string[];
  /** TCP port on which it answers HTTP, 1 to 65535. @default 8000 */
  readonly port?: Port;
  /** Path that answers 200 once the model is loaded. @default '/health' */
  readonly healthPath?: UrlPath;
}

/** Whether the options belong to the runtime of the model, and hold no secret. */
export function validateContainer(
  { id, runtime }: WeightsModel,
  options: ContainerOptions | undefined,
  vllmOnly: Readonly<Record<string, unknown>>,
): string[] {
  if (runtime === 'vllm-ascend') {
    return options === undefined
      ? []
      : [
          `${id} is served by vLLM; leave container out or use a model of the runtime 'container', got: a container`,
        ];
  }
  return [
    ...Object.entries(vllmOnly)
      .filter(([, value]) => value !== undefined)
      .map(
        ([name]) =>
          `${name} is for models that vLLM serves, and ${id} runs in a container of the site; use container and secretEnvironment, got: ${name}`,
      ),
    ...['command', 'args'].flatMap((list) =>
      secretArguments(options?.[list as 'command' | 'args'] ?? []).map(
        (name) =>
          `container.${list}: ${name} looks like a secret, which is never written on a command line; use secretEnvironment and $(NAME), got: a plain value`,
      ),
    ),
  ];
}

/** Flags and assignments whose value is a secret and stands there as it is, also within a line for a shell. */
function secretArguments(line: readonly string[]): string[] {
  const words = line.flatMap((word) => word.split(/\s+/)).filter((word) => word !== '');
  const found = words.flatMap((word, index) => {
    if (hasSecret(word)) return [/^[\w-]+(?==)/.exec(word)?.[0] ?? `argument ${index + 1}`];
    const flag = /^(--?[A-Za-z][\w-]*)(?:=(.*))?$/s.exec(word);
    const [, name = '', inline] = flag ?? /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
    const value = inline ?? (flag ? words[index + 1] : undefined);
    return value !== undefined && isRefused(name, value) ? [name] : [];
  });
  // A private key has blanks.
  const whole = line.findIndex(hasSecret);
  return found.length > 0 || whole < 0 ? found : [`argument ${whole + 1}`];
}
