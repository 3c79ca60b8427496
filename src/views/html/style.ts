import { createHash } from 'node:crypto';

/**
 * The look of every page: one typeface, three sizes, two weights, steps of 4 px, one accent on greys. Light and dark
 * are two sets of the same names.
 */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1b1d20; --quiet: #595e66; --rule: #d8dbdf; --accent: #0a5c9e;
  --small: .875rem; --body: 1rem; --large: 1.5rem;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181b; --ink: #e8e9eb; --quiet: #a5abb4; --rule: #383d44; --accent: #7fbcf0; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 400 var(--body)/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums;
}
body > header, main, body > footer { max-width: 64rem; margin: 0 auto; padding: 0 16px; }
body > header { padding-top: 16px; display: flex; flex-wrap: wrap; gap: 4px 24px; color: var(--quiet); font-size: var(--small); }
body > footer { padding-top: 32px; padding-bottom: 32px; color: var(--quiet); font-size: var(--small); }
h1, h2, h3, h4, p, ul, table, details { margin: 0; }
h1, h2, h3, h4, caption, th, strong { font-weight: 600; }
h1 { font-size: var(--body); margin-top: 32px; }
h2 { font-size: var(--large); line-height: 1.25; }
h3, h4 { font-size: var(--body); }
h4 { font-weight: 400; color: var(--quiet); }
p, li { max-width: 70ch; }
a { color: var(--accent); text-underline-offset: 2px; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -9999px; }
.skip:focus { position: static; }
.sentence { font-size: var(--large); line-height: 1.375; max-width: 46ch; margin-top: 4px; text-wrap: pretty; }
p.level { margin-top: 16px; }
.level svg { width: 16px; height: 16px; vertical-align: -2px; margin-right: 4px; }
.quiet { color: var(--quiet); font-size: var(--small); }
.sentence ~ .quiet { margin-top: 4px; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 24px; margin-top: 24px; padding: 0; list-style: none; }
section { margin-top: 40px; padding-top: 16px; border-top: 1px solid var(--rule); }
section > * + * { margin-top: 16px; }
section > * + table, section > * + .table, section > * + h3 { margin-top: 24px; }
section > h3 + * { margin-top: 4px; }
ul { padding-left: 20px; }
.title { font-size: var(--large); line-height: 1.25; }
.title + p { margin-top: 8px; }
.teams h2 { font-size: var(--body); }
.teams { margin-top: 24px; padding: 0; list-style: none; }
.teams li { padding: 16px 0; border-top: 1px solid var(--rule); }
.teams li > * + * { margin-top: 4px; }
section li + li { margin-top: 8px; }
nav li + li { margin-top: 0; }
table { border-collapse: collapse; width: 100%; max-width: 100%; }
table.numbers, table.narrow { width: auto; min-width: min(100%, 40rem); }
caption { text-align: left; padding-bottom: 4px; }
th, td { text-align: left; vertical-align: top; padding: 8px 16px 8px 0; border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; min-width: 6rem; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--quiet); font-size: var(--small); vertical-align: bottom; padding: 4px 16px 4px 0; overflow-wrap: break-word; }
tbody th { font-weight: 400; }
.end { text-align: right; }
.numbers th[scope=row] { width: 24rem; }
.numbers .end { max-width: 16rem; }
td .quiet, .missing { display: block; }
time, .nowrap { white-space: nowrap; }
.stack td:first-child { min-width: 14rem; }
.stack td.end { white-space: nowrap; }
.stack td.end .missing { white-space: normal; }
.missing { color: var(--quiet); font-size: var(--small); max-width: 14rem; margin-left: auto; }
.bar { display: inline-block; width: min(16rem, 28vw); height: 12px; margin-right: 8px; vertical-align: -1px; }
.bar rect { fill: var(--accent); }
section > .risk, .fold > .risk { margin-top: 24px; padding-top: 16px; border-top: 1px solid var(--rule); }
section > h2 + .risk { margin-top: 16px; padding-top: 0; border-top: 0; }
.risk > * + * { margin-top: 8px; }
.risk h3 { max-width: 70ch; }
.risk h4 + ul { margin-top: 4px; }
.risk li + li { margin-top: 4px; }
.risk .option + .option { margin-top: 8px; }
.option .quiet { display: block; }
.chance { display: block; width: min(20rem, 100%); height: auto; }
.chance .axis { stroke: var(--quiet); stroke-width: 1; }
.chance .relieved { fill: var(--accent); opacity: .5; }
.chance .now { stroke: var(--ink); stroke-width: 3; }
.chance text { fill: var(--quiet); font-size: var(--small); }
.narrow .end { white-space: nowrap; }
.figure { display: inline-block; min-width: 2rem; }
summary { cursor: pointer; color: var(--accent); font-size: var(--small); width: fit-content; }
summary:hover { text-decoration: underline; }
.counted summary { color: var(--quiet); }
details > p { font-size: var(--small); color: var(--quiet); margin-top: 4px; }
details > table { margin-top: 8px; }
@media (max-width: 40rem) {
  :root { --large: 1.25rem; }
  th, td { padding-right: 8px; }
  table.numbers { min-width: 100%; }
  .numbers th[scope=row] { width: auto; min-width: 8rem; }
  time { white-space: normal; }
  .stack thead { position: absolute; left: -9999px; }
  .stack tr { display: block; padding: 8px 0; border-bottom: 1px solid var(--rule); }
  .stack th[scope=row] { display: block; padding: 0; border: 0; }
  .stack td { display: flex; justify-content: space-between; gap: 16px; padding: 0; border: 0; text-align: right; min-width: 0; max-width: none; }
  .stack td::before { content: attr(data-column); color: var(--quiet); font-size: var(--small); text-align: left; flex: none; max-width: 9rem; }
  .stack td.end { white-space: normal; max-width: none; }
  .stack td:first-child { display: block; text-align: left; padding-bottom: 4px; min-width: 0; }
  .stack td:first-child::before { content: none; }
}
@media print {
  :root { color-scheme: light; --paper: #ffffff; --ink: #000000; --quiet: #444444; --rule: #bbbbbb; --accent: #000000; }
  body { font-size: 10pt; }
  body > header, main, body > footer { max-width: none; padding-left: 0; padding-right: 0; }
  nav, .skip, .counted { display: none; }
  tr, li { break-inside: avoid; }
  h2, h3, h4, caption, thead { break-after: avoid; }
  .risk { break-inside: avoid; }
}
`;

/** The style sheet's entry in a content policy, `'sha256-…'`, so that no other style needs to be allowed. */
export const styleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`;
