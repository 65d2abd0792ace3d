import { Command } from 'commander';
import { textTable } from '../text-table';
import { cacheCell, parallelCell, serverTitle, weightsCell } from './cells';
import { type ModelRow, modelRows, type ReplicaRow, type ServerRow } from './rows';

/** `aicc models` */
export function modelsCommand(): Command {
  return new Command('models')
    .option('--json', 'the same as JSON')
    .action((options: { json?: boolean }) => {
      const models = modelRows();
      const text = options.json ? JSON.stringify({ models }, null, 2) : modelTables(models);
      process.stdout.write(`${text}\n`);
    });
}

/** A table for every kind of server; kinds with the same table together. */
export function modelTables(models: readonly ModelRow[]): string {
  const kinds = new Map<string, ServerRow[]>();
  const own = models.filter(({ access }) => access === 'weights');
  for (const [index, server] of (own[0]?.servers ?? []).entries()) {
    const text = tableOf(own.map((model) => ({ model, replica: model.servers[index]?.replica })));
    kinds.set(text, [...(kinds.get(text) ?? []), server]);
  }
  const elsewhere = models.filter(({ access }) => access === 'api-only').map(({ id }) => id);
  return [
    ...[...kinds].map(([text, servers]) => `${servers.map(serverTitle).join(', ')}\n${text}`),
    ...(elsewhere.length > 0 ? [`Behind the API of their makers: ${elsewhere.join(', ')}.`] : []),
    LEGEND,
  ].join('\n\n');
}

const LEGEND = [
  'weights: GiB on each NPU, of what vLLM may use there; ≥: the share of routed experts is not known; ~: computed from parameters.',
  'KV cache: tokens of a request, GiB that they take on each NPU, of what is left for it and activations; ?: no source gives what the sum needs.',
  'start: from the start of a container until the model answers, at most. limit: why it is not half the NPUs. *: assumed, not documented.',
].join('\n');

function tableOf(
  rows: readonly { readonly model: ModelRow; readonly replica: ReplicaRow | undefined }[],
): string {
  const own = rows.flatMap(({ model, replica }) => (replica ? [cells(model, replica)] : []));
  if (own.length === 0) return 'No model has a documented deployment there.';
  const table = textTable(
    ['model', 'task', 'NPUs', 'servers', 'parallel', 'weights', 'KV cache', 'start', 'limit'],
    own,
    [2, 3, 7],
  );
  const missing = rows.filter(({ replica }) => replica === undefined).map(({ model }) => model.id);
  return missing.length === 0 ? table : `${table}\nNot there: ${missing.join(', ')}.`;
}

function cells({ id, task }: ModelRow, replica: ReplicaRow): string[] {
  return [
    `${id}${replica.assumed ? ' *' : ''}`,
    task,
    `${replica.npus}`,
    `${replica.servers}`,
    parallelCell(replica),
    weightsCell(replica),
    cacheCell(replica),
    `${Math.ceil(replica.startSeconds / 60)} min`,
    replica.limit,
  ];
}
