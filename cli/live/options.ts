import type { Command } from 'commander';
import { type DeclaredPhase, readPhases } from '../declared/phase';
import { LiveCluster } from './cluster';

/** Options of commands that compare a phase with a live cluster. */
export interface LiveOptions {
  readonly output: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly json?: boolean;
}

export function liveOptions(command: Command): Command {
  return command
    .option('-o, --output <folder>', 'folder that was synthesized into', 'cdktf.out')
    .option('--kubeconfig <file>', 'another file than the stacks are deployed with')
    .option('--context <name>', 'another context than the stacks are deployed to')
    .option('--json', 'the report as JSON');
}

/** @throws UserError for an unknown phase, file or context */
export function openLive(
  id: string,
  { output, kubeconfig, context }: LiveOptions,
): { readonly phase: DeclaredPhase; readonly cluster: LiveCluster } {
  const [phase] = readPhases(output, [id]);
  if (!phase) throw new Error(`${id} was not read`);
  const target = {
    kubeconfig: kubeconfig ?? phase.target.kubeconfig,
    context: context ?? phase.target.context,
  };
  return { phase, cluster: LiveCluster.open(target) };
}
