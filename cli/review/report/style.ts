/** Look of the page: light and dark, for a telephone and for paper. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #f3f4f6; --line: #d0d4da;
  --added: #116329; --removed: #a40e26; --changed: #7d4e00; --where: #0a4f9e; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8eb; --paper: #15181c; --soft: #20252b; --line: #3a414a;
    --added: #6fdd8b; --removed: #ff9aa5; --changed: #f2c063; --where: #8cc2ff; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
header { border-left: .5rem solid var(--line); margin-top: 1rem; }
header.safe { border-color: #2da44e; } header.look { border-color: #d4a72c; }
header.destroys { border-color: #e16f24; } header.stop { border-color: #cf222e; }
header p { margin: 0; } h1 { font-size: 1.4rem; margin: 0 0 1rem; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
summary h2 { display: inline; } details { margin-top: 1.5rem; }
code, pre { font: .85rem/1.5 ui-monospace, monospace; }
code { background: var(--soft); padding: .1em .3em; border-radius: .2em; overflow-wrap: anywhere; }
pre { background: var(--soft); padding: .75rem; border-radius: .4rem; overflow-x: auto; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .95rem; }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
th { background: var(--soft); } .number { text-align: right; white-space: nowrap; }
.added { color: var(--added); } .removed { color: var(--removed); } .changed { color: var(--changed); }
.where { color: var(--where); font-weight: 600; }
footer { border-top: 1px solid var(--line); margin-top: 2rem; font-size: .9rem; }
@media print { pre, .scroll { overflow: visible; } pre { white-space: pre-wrap; } }
`;
