/** The page's whole look. Nothing in it is fetched: no font, no image. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #fff; --ink: #1b2027; --faint: #56606b; --line: #dce1e7; --wash: #f5f7f9;
  --good: #0a6437; --good-wash: #e3f4ea; --bad: #a11d17; --bad-wash: #fdeae8;
  --notice: #744600; --notice-wash: #fdf2da; --info: #1d4a86; --info-wash: #e7effa;
  --plain: #454d57; --plain-wash: #eceff2;
  --held: #2b62ad; --delivered: #c8372d; --stopped: #55a093; --unclear: #858f99;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #14181d; --ink: #e7eaee; --faint: #9fa9b4; --line: #2e353e; --wash: #1c2128;
    --good: #86dfab; --good-wash: #14331f; --bad: #ffa69e; --bad-wash: #421c19;
    --notice: #f2c871; --notice-wash: #382a0d; --info: #a3c8ff; --info-wash: #172b4b;
    --plain: #bcc5cf; --plain-wash: #29303a;
    --held: #5f9df0; --delivered: #f0705f; --stopped: #4db3a2; --unclear: #828c97;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: .94rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere;
}
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); }
header { padding-top: clamp(1.5rem, 5vw, 3.25rem); }
.kind { margin: 0 0 .35rem; color: var(--faint); font-size: .8rem; letter-spacing: .09em; text-transform: uppercase; }
h1 { margin: 0; font-size: clamp(1.6rem, 4vw, 2.3rem); line-height: 1.15; font-weight: 650; letter-spacing: -.018em; text-wrap: balance; }
.lead { margin: .8rem 0 0; max-width: 46rem; font-size: 1.1rem; text-wrap: pretty; }
.made { margin: .6rem 0 0; color: var(--faint); font-size: .86rem; }
.alert { margin: 1.1rem 0 0; padding: .65rem .9rem; border-radius: 6px; border-inline-start: 4px solid currentColor; }
.alert span { color: var(--ink); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1.6rem 0 0; }
.tiles > div { display: flex; flex-direction: column; padding: .8rem 1rem .9rem; border: 1px solid var(--line); border-radius: 8px; background: var(--wash); }
.tiles dt { color: var(--faint); font-size: .83rem; }
.tiles dd { margin: 0; }
.tiles .value { font-size: 1.85rem; line-height: 1.2; font-weight: 620; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.tiles .detail { color: var(--faint); font-size: .83rem; line-height: 1.35; }
.tiles .good .value { color: var(--good); } .tiles .bad .value { color: var(--bad); }
.tiles .notice .value { color: var(--notice); } .tiles .info .value { color: var(--info); }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; margin: 1.3rem 0 0; font-size: .88rem; }
nav a { color: var(--info); text-underline-offset: .2em; text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); }
nav a:hover { text-decoration-color: currentColor; }
section { margin: 2.6rem 0 0; }
h2 { margin: 0 0 .7rem; font-size: 1.18rem; line-height: 1.3; font-weight: 640; letter-spacing: -.008em; }
section p, section ul.prose { margin: 0 0 .8rem; max-width: 50rem; text-wrap: pretty; }
ul.prose { padding-inline-start: 1.15rem; }
ul.prose li { margin: .25rem 0; }
code { font: .9em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
.below { display: block; color: var(--faint); font-size: .86rem; }
.none { color: var(--faint); }
.facts { display: grid; grid-template-columns: minmax(8rem, 13rem) minmax(0, 1fr); margin: 0 0 1rem; border-top: 1px solid var(--line); }
.facts > div { display: contents; }
.facts dt, .facts dd { margin: 0; padding: .42rem .75rem .42rem 0; border-bottom: 1px solid var(--line); }
.facts dt { color: var(--faint); }
.facts dd, td { unicode-bidi: plaintext; }
table { width: 100%; border-collapse: separate; border-spacing: 0; margin: 0 0 1rem; font-size: .92rem; }
th, td { padding: .48rem .8rem .48rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
th { position: sticky; top: 0; z-index: 1; background: var(--page); color: var(--faint); font-weight: 560; font-size: .83rem; vertical-align: bottom; border-bottom-color: var(--faint); overflow-wrap: normal; }
th.number, td.number { text-align: end; font-variant-numeric: tabular-nums; }
td.number + td, th.number + th { padding-inline-start: .8rem; }
.whole { overflow-wrap: normal; font-variant-numeric: tabular-nums; }
table.few { max-width: 46rem; }
td:last-child, th:last-child { padding-inline-end: 0; }
tbody tr:hover td { background: var(--wash); }
td > div:has(code) { min-width: 6rem; }
@media screen and (min-width: 64rem) { td > div:has(code) { min-width: 8rem; } }
td ul, dd ul { list-style: none; margin: 0; padding: 0; }
.more { margin: 0 0 1rem; color: var(--faint); }
.state { display: inline-block; padding: .02rem .5rem .06rem; border-radius: 999px; font-size: .83rem; font-weight: 560; white-space: nowrap; }
.state.plain, .alert.plain { color: var(--plain); background: var(--plain-wash); }
.state.info, .alert.info { color: var(--info); background: var(--info-wash); }
.state.good, .alert.good { color: var(--good); background: var(--good-wash); }
.state.notice, .alert.notice { color: var(--notice); background: var(--notice-wash); }
.state.bad, .alert.bad { color: var(--bad); background: var(--bad-wash); }
figure { margin: 0 0 1rem; }
figcaption { color: var(--faint); font-size: .88rem; max-width: 50rem; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; margin: 0 0 .6rem; padding: 0; font-size: .88rem; }
.legend svg { vertical-align: -1px; margin-inline-end: .4rem; }
.plot { display: grid; grid-template-columns: 48px minmax(0, 1fr); }
.plot svg { display: block; overflow: visible; }
.plot text { fill: var(--faint); font-size: .77rem; font-variant-numeric: tabular-nums; }
.plot line { stroke: var(--line); }
.plot .floor { stroke: var(--faint); }
.bar { stroke: var(--page); stroke-width: .5px; }
.held { fill: var(--held); } .delivered { fill: var(--delivered); } .stopped { fill: var(--stopped); } .unclear { fill: var(--unclear); }
details { margin: .6rem 0 0; font-size: .92rem; }
summary { cursor: pointer; color: var(--faint); width: fit-content; }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--info); outline-offset: 3px; }
details table { max-width: 44rem; margin-top: .5rem; }
footer { margin-top: 3.2rem; padding-block: 1.1rem 2.5rem; color: var(--faint); font-size: .83rem; }
footer p { margin: 0; padding-top: 1rem; border-top: 1px solid var(--line); }
@media screen and (max-width: 54rem) {
  table, tbody, tr, td { display: block; width: auto; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { padding: .55rem 0; border-bottom: 1px solid var(--line); }
  td, td.number { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: .75rem; padding: .16rem 0; border: 0; text-align: start; }
  td::before { content: attr(data-label); color: var(--faint); font-size: .83rem; }
  td > div:has(code) { min-width: 0; }
  td.empty { display: none; }
  .facts { grid-template-columns: minmax(0, 1fr); }
  .facts dt { padding-bottom: 0; border: 0; font-size: .83rem; }
  .facts dd { padding-top: 0; }
  .minor { display: none; }
}
@page { margin: 16mm 14mm; }
@media print {
  :root { font-size: 9pt; }
  body { line-height: 1.4; }
  header, main, footer { max-width: none; padding-inline: 0; }
  header { padding-top: 0; }
  h1 { font-size: 19pt; }
  h2 { break-after: avoid; }
  section { margin-top: 8mm; }
  thead { display: table-header-group; }
  th { position: static; }
  tr, figure, .tiles > div, .alert, .facts dt, .facts dd { break-inside: avoid; }
  .tiles { grid-template-columns: repeat(4, 1fr); gap: 3mm; }
  .tiles .value { font-size: 16pt; }
  .state, .alert, .tiles > div, .plot, .legend { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  details, nav { display: none; }
  p, li { orphans: 3; widows: 3; }
}
`;
