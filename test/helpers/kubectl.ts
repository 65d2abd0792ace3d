import { type Result, runProgram } from '../../cli/run-program';

/** kubectl against one named context, and nothing else. */
export class Kubectl {
  constructor(
    readonly kubeconfig: string,
    readonly context: string,
  ) {}

  /** Runs kubectl. @returns its output, whatever its exit code */
  run(args: readonly string[], stdin?: string): Promise<Result> {
    const fixed = ['--kubeconfig', this.kubeconfig, '--context', this.context];
    return runProgram('kubectl', [...fixed, ...args], { stdin });
  }

  /** Runs kubectl. @throws Error with its messages when it fails */
  async must(args: readonly string[], stdin?: string): Promise<string> {
    const { code, stdout, stderr } = await this.run(args, stdin);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr.trim()}`);
    return stdout;
  }

  /** `kubectl get … -o json`, the items of a list. */
  async items<T>(args: readonly string[]): Promise<T[]> {
    return (JSON.parse(await this.must(['get', ...args, '-o', 'json'])) as { items: T[] }).items;
  }

  /** Server-side apply of YAML documents. @returns a line an object */
  async apply(yaml: string, fieldManager: string): Promise<string[]> {
    const args = ['apply', '--server-side', `--field-manager=${fieldManager}`, '-f', '-'];
    return (await this.must(args, yaml)).trim().split('\n');
  }
}
