import { type Html, html, Html as Raw } from './html';

export interface Page {
  readonly title: string;
  /** One line below the title. */
  readonly subtitle: string;
  readonly sections: readonly Html[];
  /** Further rules for what only this page has. @default - none */
  readonly style?: string;
}

/** One file for any browser: no network, light and dark as the reader has it, good on paper and on a phone. */
export function htmlPage({ title, subtitle, sections, style = '' }: Page): string {
  return `<!doctype html>
${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${new Raw(STYLE + style)}</style>
</head>
<body>
<header><h1>${title}</h1><p>${subtitle}</p></header>
<main>
${sections}
</main>
</body>
</html>`}
`;
}

const STYLE = `
:root {
  --ink: #17202b; --muted: #4d5a6b; --line: #d5dce5; --page: #ffffff; --card: #f5f7fa;
  --peak: #a9b8cb; --usable: #2a6db5; --sold: #c76a00; --mark: #17202b;
  --good: #17693f; --bad: #b3261e; --warn: #8a5a00;
  --s1: #2a6db5; --s2: #c76a00; --s3: #12806a; --s4: #7d45b8; --s5: #b5294a; --s6: #5e6b7a;
  --free: #e6ebf1; --broken: #17202b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e9eef5; --muted: #aab6c5; --line: #37424f; --page: #10151b; --card: #19212a;
    --peak: #53647b; --usable: #62a7ee; --sold: #f0a13c; --mark: #e9eef5;
    --good: #6fd39b; --bad: #ff8f86; --warn: #f2c14e;
    --s1: #62a7ee; --s2: #f0a13c; --s3: #3fbf9f; --s4: #b98cf0; --s5: #f2748c; --s6: #98a6b7;
    --free: #28323e; --broken: #e9eef5;
  }
}
@media print {
  :root {
    --ink: #000000; --muted: #333333; --line: #bbbbbb; --page: #ffffff; --card: #ffffff;
    --peak: #a9b8cb; --usable: #2a6db5; --sold: #c76a00; --mark: #000000;
    --good: #17693f; --bad: #b3261e; --warn: #8a5a00;
    --s1: #2a6db5; --s2: #c76a00; --s3: #12806a; --s4: #7d45b8; --s5: #b5294a; --s6: #5e6b7a;
    --free: #e6ebf1; --broken: #000000;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 3rem) 3rem; max-width: 84rem;
  background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
  print-color-adjust: exact; -webkit-print-color-adjust: exact;
}
header { border-bottom: 3px solid var(--ink); margin-bottom: 1.5rem; }
h1 { font-size: clamp(1.5rem, 4vw, 2.4rem); line-height: 1.15; margin: 0 0 .25rem; }
header p { margin: 0 0 .75rem; color: var(--muted); }
h2 { font-size: 1.35rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
p { max-width: 70ch; margin: .5rem 0; }
.muted, figcaption, caption { color: var(--muted); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 0; padding: 0; list-style: none; }
.tile { background: var(--card); border: 1px solid var(--line); border-left: .35rem solid var(--tone, var(--line)); border-radius: .4rem; padding: .6rem .8rem; }
.tile strong { display: block; white-space: nowrap; font-size: clamp(1.2rem, 5vw, 1.6rem); line-height: 1.2; font-variant-numeric: tabular-nums; }
.tile span { color: var(--muted); font-size: .9rem; }
figure { margin: 1rem 0 .25rem; }
figcaption { font-size: .92rem; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; list-style: none; padding: 0; margin: .4rem 0 .6rem; font-size: .92rem; }
.legend li { display: flex; align-items: center; gap: .4rem; }
.legend svg { flex: none; width: auto; }
figure svg { display: block; width: 100%; height: auto; }
.narrow, .paper { display: none; }
@media screen and (max-width: 640px) { .wide { display: none; } .narrow { display: block; } }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid var(--usable); }
table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: .25rem 0; font-size: .9rem; max-width: calc(100vw - 2rem); }
th, td { text-align: left; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { border-bottom: 2px solid var(--muted); white-space: nowrap; }
tbody th { font-weight: 500; }
.number { text-align: right; white-space: nowrap; }
details { margin: .5rem 0; }
summary { cursor: pointer; padding: .2rem 0; }
summary:focus-visible { outline: 2px solid var(--usable); }
code { font: .9em ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
/* On paper nothing can be scrolled or opened. */
@media print {
  body { padding: 0; font-size: .85rem; }
  section { break-inside: auto; }
  h2, h3, figcaption { break-after: avoid; }
  figure, tr, .tile { break-inside: avoid; }
  .tiles { grid-template-columns: repeat(3, 1fr); }
  .wide { display: none; }
  .paper { display: block; }
  .scroll { overflow: visible; }
  table, .proof { font-size: .75rem; }
  .proof { margin: .3rem 0; line-height: 1.35; }
  .proof ul { margin: .1rem 0; padding-left: 1.2rem; }
  th, td { padding: .15rem .5rem .15rem 0; }
  th, td, td * { white-space: normal !important; min-width: 0 !important; overflow-wrap: anywhere; }
  summary { list-style: none; }
  details:not(.long)::details-content { content-visibility: visible; display: block; height: auto; }
}
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
`;
