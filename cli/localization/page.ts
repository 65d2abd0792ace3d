import { formatNumber, STAGES } from '../../constructs';
import { figure } from '../html/chart';
import { type Html, html, table } from '../html/html';
import { htmlPage } from '../html/page';
import { overTime, timeline } from './charts';
import { callersText, hostnames } from './hostnames';
import { type ReplacementState, totalsOf } from './state';
import { licenceText, nextText, percent, stageText } from './text';

/** One self-contained page: how far, since when, under which licences, and what is blocked. */
export async function localizationPage(
  displayName: string,
  states: readonly ReplacementState[],
  date?: string,
): Promise<string> {
  return htmlPage({
    title: 'Foreign models replaced by domestic ones',
    subtitle: `${displayName}, ${date === undefined ? 'as it runs' : `on ${date}`}`,
    sections: [
      tiles(states),
      html`<section><h2>Over time</h2>${await figure(timeline(states, date))}${await figure(overTime(states, date))}</section>`,
      html`<section><h2>Progress</h2>${progress(states)}</section>`,
      html`<section><h2>Next steps</h2>${steps(states)}</section>`,
      html`<section><h2>Licences</h2>${licences(states)}</section>`,
      html`<section><h2>Who calls what, and where</h2>${hosts(states)}</section>`,
      NOTES,
    ],
    style: '.day { white-space: nowrap; }',
  });
}

function tiles(states: readonly ReplacementState[]): Html {
  const { aliases, byStage, domesticTraffic, npus, domesticNpus } = totalsOf(states);
  const open = states.filter(({ blocked }) => blocked.length > 0).length;
  const entries = [
    [`${byStage.retired} of ${aliases}`, 'foreign models retired'],
    [percent(domesticTraffic), 'of traffic is domestic, by the weights of the routes'],
    [percent(domesticNpus), `of ${formatNumber(npus)} NPUs are of domestic models`],
    [`${open}`, 'next steps are blocked'],
  ];
  return html`<ul class="tiles">${entries.map(
    ([value, what]) => html`<li class="tile"><strong>${value}</strong><span>${what}</span></li>`,
  )}</ul>`;
}

function progress(states: readonly ReplacementState[]): Html {
  return table(
    `Stages: ${STAGES.join(', ')}. NPUs: foreign + domestic, at the sizes of today`,
    [
      { head: 'alias' },
      { head: 'for' },
      { head: 'cluster' },
      { head: 'foreign' },
      { head: 'domestic' },
      { head: 'stage' },
      { head: 'since' },
      { head: 'NPUs', number: true },
      { head: 'evidence' },
    ],
    states.map((state) => [
      state.alias,
      state.owner,
      state.cluster,
      state.foreign.title,
      state.domestic.title,
      stageText(state),
      html`<span class="day">${state.since}</span>`,
      `${state.npus.foreign} + ${state.npus.domestic}`,
      state.evidence,
    ]),
  );
}

function steps(states: readonly ReplacementState[]): Html {
  const open = states.filter(({ next, blocked }) => next || blocked.length > 0);
  if (open.length === 0) return html`<p class="muted">No step is named.</p>`;
  return table(
    'Steps that are aimed at, and what keeps them from being taken',
    [
      { head: 'alias' },
      { head: 'next step' },
      { head: 'by' },
      { head: 'can it be taken' },
      { head: 'evidence' },
    ],
    open.map((state) => [
      state.alias,
      nextText(state),
      state.next?.by ?? '',
      state.blocked.length > 0
        ? html`<span class="bad">blocked:</span> ${state.blocked.join('; ')}`
        : html`<span class="good">yes</span>`,
      state.evidence,
    ]),
  );
}

function licences(states: readonly ReplacementState[]): Html {
  return table(
    'Name of the licence and what it restricts; assumed: not read at the weights themselves',
    [{ head: 'alias' }, { head: 'foreign' }, { head: 'domestic' }],
    states.map(({ alias, foreign, domestic }) => [
      alias,
      licenceText(foreign),
      licenceText(domestic),
    ]),
  );
}

function hosts(states: readonly ReplacementState[]): Html {
  return table(
    'Hosts that the DNS of the site leads to the gateway of a cluster; access by the key of a tenant, or not enforced',
    [{ head: 'hostname' }, { head: 'cluster' }, { head: 'access' }, { head: 'callers' }],
    hostnames(states).map((host) => [host.hostname, host.cluster, host.access, callersText(host)]),
  );
}

const NOTES = html`<section><h2>What the marks mean</h2>
<p>Evidence <em>not public</em>: the step was taken; what it rested on has not been published, and models and days are a proposal. Evidence <em>illustrative</em>: models, days and figures are made up to show how it works. Traffic is by the weights of the routes, each alias alike; requests as they were are in Prometheus.</p></section>`;
