import { markdownTable } from '../../cli/markdown-table';
import {
  cacheCell,
  formTitle,
  parallelCell,
  serverTitle,
  weightsCell,
} from '../../cli/models/cells';
import { modelRow, type ReplicaRow, type ServerRow } from '../../cli/models/rows';
import {
  type ApiModel,
  allModels,
  formatNumber,
  type Model,
  type Sourced,
  TASKS,
  type WeightsModel,
} from '../../constructs';

/** `docs/models.md`: every model of the catalogue, what it needs and where that is from. */
export function modelsPage(): string {
  const tasks = TASKS.map((task) => ({ task, models: allModels().filter((m) => m.task === task) }));
  const parts = [
    '# Models',
    'Made by `npm run docs` from the catalogue (`core/catalogue`); a test checks that it is current. `aicc models` prints the same for a terminal, with `--json` for programs.',
    [
      'NPU: one schedulable device. Memory is that of each NPU of a replica:',
      '',
      '- **weights**: GiB, of what vLLM may use (`--gpu-memory-utilization` of what the software sees). `~`: computed from parameters; `≥`: at least, because the share of routed experts is not known.',
      '- **KV cache**: tokens of a request, GiB that they take, of what is left for the cache; activations take of that, too. `?`: not proven, because no source gives what the sum needs.',
      '- **start-up**: from the start of a container until the model answers, at most.',
      '- **limit**: why it is not half the NPUs: `memory` does not suffice, or nothing smaller is `documented`.',
      '',
      '**Assumed** is what no source says; everything else is from the source beside it.',
    ].join('\n'),
    ...tasks
      .filter(({ models }) => models.length > 0)
      .flatMap(({ task, models }) => [`## ${heading(task)}`, ...models.map(section)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function heading(task: string): string {
  return `${task.charAt(0).toUpperCase()}${task.slice(1).replaceAll('-', ' ')}`;
}

function section(model: Model): string {
  return model.access === 'weights' ? weightsSection(model) : apiSection(model);
}

function apiSection(model: ApiModel): string {
  return [
    `### ${model.title}`,
    `\`${model.id}\`, ${model.origin}; behind the API of its maker, so that it cannot be served.`,
    list([fact('Released', model.released.value, model.released)]),
  ].join('\n\n');
}

function weightsSection(model: WeightsModel): string {
  const { licence, weights, parametersBillions, activeBillions, contextLength, base } = model;
  const { runsOnCpu, repositoryCode, vocabulary } = model;
  const replicas = replicasOf(model);
  return [
    `### ${model.title}`,
    `\`${model.id}\`, ${model.origin}${base ? `, made from ${base.name} (${base.origin})` : ''}.`,
    replicas.length === 0
      ? 'No deployment is documented.'
      : markdownTable(
          ['servers', 'NPUs', 'parallelism', 'weights', 'KV cache', 'start-up', 'limit'],
          replicas.map(({ servers, replica }) => [
            `${servers.map(serverTitle).join(', ')}${replica.assumed ? ' (assumed)' : ''}`,
            `${replica.npus}${replica.servers > 1 ? ` on ${replica.servers} servers` : ''}`,
            parallelCell(replica),
            weightsCell(replica),
            cacheCell(replica),
            `${Math.ceil(replica.startSeconds / 60)} min`,
            replica.limit,
          ]),
        ),
    list([
      fact('Released', model.released.value, model.released),
      ...(base ? [fact('Made from', base.name, base)] : []),
      fact('Licence', [licence.name, ...licence.restrictions].join(', '), licence),
      fact(
        'Parameters',
        `${parametersBillions.value} billion${activeBillions ? `, ${activeBillions.value} active` : ''}`,
        parametersBillions,
      ),
      ...(contextLength
        ? [fact('Context', `${formatNumber(contextLength.value)} tokens`, contextLength)]
        : []),
      fact(
        'Weights',
        `\`${weights.repository}\` (${weights.address ?? weights.hub}, ${weights.format}), ${weights.sizeGib.value} GiB`,
        weights.sizeGib,
      ),
      ...(vocabulary
        ? [
            fact(
              'Vocabulary',
              `\`${vocabulary.repository}\`: ${vocabulary.files.map(({ name }) => name).join(', ')} (${vocabulary.address})`,
              vocabulary,
            ),
          ]
        : []),
      ...(repositoryCode
        ? [fact('Code in its repository', repositoryCode.value, repositoryCode)]
        : []),
      ...(runsOnCpu ? [fact('Without an NPU', 'in time, too', runsOnCpu)] : []),
      ...replicas.map(({ servers, replica }) => notes(model, servers, replica)),
    ]),
  ].join('\n\n');
}

/** Server kinds on which a model runs in the same way, together. */
function replicasOf(model: WeightsModel): { servers: ServerRow[]; replica: ReplicaRow }[] {
  const found = new Map<string, { servers: ServerRow[]; replica: ReplicaRow }>();
  for (const server of modelRow(model).servers) {
    const { replica } = server;
    if (!replica) continue;
    const key = JSON.stringify(replica);
    found.set(key, { replica, servers: [...(found.get(key)?.servers ?? []), server] });
  }
  return [...found.values()];
}

/** Where a deployment is from, and the sums behind its row. */
function notes(model: WeightsModel, servers: readonly ServerRow[], replica: ReplicaRow): string {
  return [
    `On ${[...new Set(servers.map(formTitle))].join(', ')}: ${source(replica)}`,
    ...(replica.weights === model.weights.repository
      ? []
      : [`weights \`${replica.weights}\` (${replica.weightsFormat})`]),
    `start-up ${replica.startExplanation}`,
    ...replica.notProven.map((why) => `**not proven**: ${why}`),
  ].join('; ');
}

function fact(
  what: string,
  value: string,
  from: Pick<Sourced<unknown>, 'source' | 'assumed'>,
): string {
  return `${what}: ${value}; ${source(from)}`;
}

function source({ source: from, assumed }: Pick<Sourced<unknown>, 'source' | 'assumed'>): string {
  return `${from}${assumed ? `; **assumed**: ${assumed}` : ''}`;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}
