import { formatNumber, STAGES } from '../../core/capacity';
import { figure } from '../html/chart';
import { type Html, html, table } from '../html/html';
import { htmlPage } from '../html/page';
import { overTime, timeline } from './charts';
import { callersText, hostnames } from './hostnames';
import { type ReplacementState, totalsOf } from './state';
import { licenceText, NONE, nextText, percent, stageText, uncompared } from './text';

/** One self-contained page: how far, since when, under which licences, and what is blocked. */
export async function localizationPage(
  displayName: string,
  states: readonly ReplacementState[],
  date?: string,
): Promise<string> {
  return htmlPage({
    title: 'Foreign models replaced by domestic ones',
    subtitle: `${displayName}, ${date === undefined ? 'as it runs' : `on ${date}`}`,
    sections: states.length === 0 ? [html`<p>${NONE}</p>`] : await sections(states, date),
    style: '.short { white-space: nowrap; } .long { min-width: 11rem; }',
  });
}

async function sections(states: readonly ReplacementState[], date?: string): Promise<Html[]> {
  return [
    tiles(states),
    html`<section><h2>Over time</h2>${await figure(timeline(states, date))}${await figure(overTime(states, date))}</section>`,
    html`<section><h2>Progress</h2>${progress(states)}</section>`,
    html`<section><h2>Next steps</h2>${steps(states)}</section>`,
    html`<section><h2>Licences</h2>${licences(states)}</section>`,
    html`<section><h2>Who calls what, and where</h2>${hosts(states)}</section>`,
    NOTES,
  ];
}

/** A cell that is kept on one line. */
function short(text: string): Html {
  return html`<span class="short">${text}</span>`;
}

/** A cell that stays wide enough to be read on a phone, where the table is scrolled. */
function long(...text: readonly (Html | string)[]): Html {
  return html`<div class="long">${text}</div>`;
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
    ['alias', 'stage', 'evidence', 'since', 'foreign', 'domestic', 'NPUs', 'cluster', 'for'],
    states.map((state) => [
      short(state.alias),
      short(stageText(state)),
      short(state.evidence),
      short(state.since ?? ''),
      long(state.foreign.title),
      long(state.domestic.title),
      `${state.npus.foreign} + ${state.npus.domestic}`,
      short(state.cluster),
      short(state.owner),
    ]),
    [6],
  );
}

function steps(states: readonly ReplacementState[]): Html {
  const open = states.filter(({ next, blocked }) => next || blocked.length > 0);
  if (open.length === 0) return html`<p class="muted">No next step is open.</p>`;
  const named = table(
    'Steps that are aimed at, and what keeps them from being taken',
    ['alias', 'next step', 'can it be taken', 'by', 'evidence'],
    open.map((state) => [
      short(state.alias),
      short(nextText(state)),
      state.blocked.length > 0
        ? long(html`<span class="bad">blocked:</span> `, state.blocked.join('; '))
        : html`<span class="good">yes</span>`,
      short(state.next?.by ?? ''),
      short(state.evidence),
    ]),
  );
  return html`${named}${uncompared(states).map((line) => html`<p>${line}</p>`)}`;
}

function licences(states: readonly ReplacementState[]): Html {
  return table(
    'Name of the licence and what it restricts; assumed: not read at the weights themselves',
    ['alias', 'foreign', 'domestic'],
    states.map(({ alias, foreign, domestic }) => [
      short(alias),
      long(licenceText(foreign)),
      long(licenceText(domestic)),
    ]),
  );
}

function hosts(states: readonly ReplacementState[]): Html {
  return table(
    'Hosts that the DNS of the site leads to the gateway of a cluster; access by the key of a tenant, or not enforced',
    ['hostname', 'cluster', 'access', 'callers'],
    hostnames(states).map((host) => [
      // Broken after the alias where it does not fit.
      html`${short(host.alias)}<wbr>${short(host.hostname.slice(host.alias.length))}`,
      short(host.cluster),
      short(host.access),
      long(callersText(host)),
    ]),
  );
}

const NOTES = html`<section><h2>What the marks mean</h2>
<p>Evidence <em>not public</em>: the step was taken; what it rested on has not been published, and models and days are a proposal. Evidence <em>illustrative</em>: models, days and figures are made up to show how it works. Traffic is by the weights of the routes, each alias alike; requests as they were are in Prometheus.</p></section>`;
