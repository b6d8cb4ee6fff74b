/** The page that lists the runs of a site. It has no script and loads nothing. */

import { Markup, markup } from '../../reports/html/markup.ts';
import { POLICY } from '../../reports/html/page.ts';
import { DARK, LIGHT, variables } from '../../reports/html/palette.ts';
import { count, duration, utc } from '../../run/figures.ts';
import { clip } from '../../system/visible.ts';
import type { SiteEntry } from './entry.ts';

const STYLE = new Markup(`<style>
:root{color-scheme:light dark;${variables(LIGHT)}}
@media (prefers-color-scheme:dark){:root{${variables(DARK)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
main{max-width:58rem;margin:0 auto;padding:2.5rem 1.5rem 5rem}
h1{font:600 2.25rem/1.15 Charter,"Bitstream Charter",Georgia,"Liberation Serif",serif;margin:0 0 .25rem}
p{margin:0}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
.quiet{color:var(--quiet);font-size:.875rem}
table{width:100%;border-collapse:collapse;margin-top:1.75rem;font-size:.9375rem}
th{text-align:left;font-weight:600;font-size:.875rem;color:var(--quiet)}
th,td{padding:.55rem 1rem .55rem 0;border-bottom:1px solid var(--rule);vertical-align:top}
.pass{color:var(--pass)}
.fail{color:var(--fail);font-weight:600}
.open{color:var(--open)}
.v{white-space:nowrap}
.t,.c{min-width:8rem}
code{font-family:ui-monospace,Menlo,Consolas,"Liberation Mono",monospace;font-size:.9em}
ul{margin:.2rem 0 0;padding-left:1.1rem}
@media (max-width:40rem){
main{padding:1.5rem 1rem 3rem}
table,tbody,tr,td{display:block}
thead{position:absolute;left:-99rem}
tr{padding:.8rem 0;border-bottom:1px solid var(--rule)}
td{border:0;padding:.1rem 0}
}
</style>`);

export function sitePage(runs: readonly SiteEntry[]): string {
  const [latest] = runs;
  return markup`${new Markup('<!doctype html>')}
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>dialproof runs${latest ? `: ${latest.verdict}` : ''}</title>
<link rel="icon" href="data:,">
${STYLE}</head>
<body><main>
<h1>dialproof runs</h1>
<p class="quiet">${count(runs.length, 'run')}, the newest first.</p>
<table><thead><tr><th scope="col">Verdict</th><th scope="col">Started</th><th scope="col">Commit</th><th scope="col">Report</th></tr></thead>
<tbody>${runs.map(row)}</tbody></table>
</main></body></html>
`.html;
}

function row(run: SiteEntry): Markup {
  const at = `runs/${run.folder}`;
  const commit = run.commit?.slice(0, 10) ?? '';
  return markup`<tr>
<td class="v ${run.verdict === 'pass' || run.verdict === 'fail' ? run.verdict : 'open'}">${run.verdict}</td>
<td class="t">${clip(utc(run.startedAt), 40)}<br><span class="quiet">${duration(run.durationMs)}</span></td>
<td class="c">${run.branch ?? ''}${commit === '' ? null : markup` <code>${commit}</code>`}${build(run.buildUrl)}</td>
<td><a href="${at}/report.html">report</a> <span class="quiet">· <a href="${at}/junit.xml">JUnit</a> · <a href="${at}/summary.md">Markdown</a> · <a href="${at}/run.json">JSON</a></span>${
    run.reasons.length === 0
      ? null
      : markup`<ul class="quiet">${run.reasons.map((reason) => markup`<li>${reason}</li>`)}</ul>`
  }</td>
</tr>`;
}

function build(url: string | null): Markup | null {
  return url !== null && /^https?:\/\//.test(url)
    ? markup`<br><a class="quiet" href="${url}">build</a>`
    : null;
}
