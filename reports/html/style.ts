/** The page's one style sheet. */

import { Markup } from './markup.ts';
import { DARK, LIGHT, variables } from './palette.ts';

const SHEET = `
:root{color-scheme:light dark;${variables(LIGHT)};
--serif:Charter,"Bitstream Charter","Iowan Old Style",Georgia,Cambria,"Liberation Serif",serif;
--mono:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{${variables(DARK)}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;
overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.sheet{max-width:70rem;margin:0 auto;padding:1.25rem 1.5rem 4rem}
p,ul,ol,dl,figure,table,pre,h1,h2,h3,h4{margin:0}
a{color:var(--accent);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--ground);padding:.5rem}
h1,h2,h3,h4{font-family:var(--serif);font-weight:600;line-height:1.15;text-wrap:balance}
h2{font-size:1.75rem;margin-bottom:.35rem}
h3{font-size:1.2rem;margin:1.5rem 0 .4rem}
h4{font-family:inherit;font-size:.9375rem;margin:1.25rem 0 .25rem}
ul{padding-left:1.2rem}
code{font-family:var(--mono);font-size:.9em;unicode-bidi:isolate}
.quiet{color:var(--quiet)}
.lede{max-width:48rem}
.unseen{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;white-space:nowrap}
.small{font-size:.875rem}
.v{white-space:nowrap}
.v.pass{color:var(--pass)}
.v.fail{color:var(--fail);font-weight:600}
.v.open{color:var(--open)}

.imprint{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 2rem;font-size:.875rem;color:var(--quiet);
padding-bottom:.75rem;border-bottom:1px solid var(--rule)}
.imprint b{color:var(--ink);font-weight:600}
.verdict{display:flex;flex-wrap:wrap;align-items:baseline;gap:.25rem 1.75rem;margin:1rem 0 1.1rem}
.verdict p{font-size:1.125rem;max-width:46rem}
h1{font-size:clamp(3rem,9vw,4.5rem);letter-spacing:-.02em;line-height:1}
header>h1{margin:1.25rem 0 .75rem}
h1 .v{white-space:normal;font-weight:600}
.answers{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:1rem 2.5rem;padding-top:1rem;border-top:1px solid var(--rule);font-size:.9375rem;line-height:1.45}
.answer h2{font-family:inherit;font-size:.8125rem;font-weight:600;color:var(--quiet);margin-bottom:.3rem}
.answer p+p{margin-top:.3rem}
.answer ul:not(.reasons){margin:.2rem 0}
.reasons{padding:0;list-style:none}
.reasons li{padding:.1rem 0 .1rem .75rem;border-left:3px solid var(--fail);margin-bottom:.3rem}
.reasons.open li{border-color:var(--open)}
.command{white-space:pre-wrap;font:.875rem/1.45 var(--mono);padding:.4rem .7rem;background:var(--raised);border-left:3px solid var(--accent)}
.conditions{display:flex;flex-wrap:wrap;gap:.15rem 1.25rem;margin-top:.4rem;font-size:.8125rem}
.conditions div{display:flex;gap:.4rem}
.conditions dt{color:var(--quiet);flex:none}
.conditions dd{margin:0}
.shout{margin:0 0 1rem;padding:.5rem .9rem;border:2px solid var(--fail)}
.shout strong{color:var(--fail)}
.glance{display:grid;grid-template-columns:repeat(4,1fr);gap:.75rem 1.5rem;margin-top:1.1rem;padding-top:.9rem;border-top:1px solid var(--rule)}
.glance dt{font-size:.875rem;color:var(--quiet)}
.glance dd{margin:0}
.glance .n{font-family:var(--serif);font-size:1.7rem;line-height:1.2;font-variant-numeric:lining-nums tabular-nums;display:block}
.glance .n.words{font-size:1.25rem;line-height:1.9}
.bar{display:block;width:100%;height:.75rem}
.bar rect{fill:var(--accent)}
nav{margin-top:1.1rem;padding:.5rem 0;border:solid var(--rule);border-width:1px 0;font-size:.9375rem}
nav ul{display:flex;flex-wrap:wrap;gap:.35rem 1.75rem;list-style:none;padding:0}

section{margin-top:2.75rem}
section>header{margin-bottom:.75rem}
section section{margin-top:1.75rem}
section section>h3{margin-top:0}
.facts{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.3rem 1.5rem;margin:.75rem 0}
.facts dt{color:var(--quiet)}
.facts dd{margin:0}
.note{margin:1rem 0;padding:.7rem 1rem;background:var(--raised);border-left:3px solid var(--accent);max-width:44rem}
.note.fail{border-color:var(--fail)}
.note.open{border-color:var(--open)}
.finding{margin:.75rem 0;padding:.7rem 1rem;background:var(--raised);border-left:3px solid var(--fail)}
.finding.open{border-color:var(--open)}
.finding h3{margin:0;font-family:inherit;font-size:1rem;line-height:1.4;text-wrap:wrap}
.finding pre{margin:.5rem 0 0;white-space:pre-wrap;font:.8125rem/1.5 var(--mono);unicode-bidi:isolate}
summary{cursor:pointer;color:var(--accent);padding:.2rem 0;width:fit-content}
details{margin:.3rem 0}
details[open]{padding-bottom:.75rem}
.search{margin:.75rem 0 0}
.search input[type=search]{font:inherit;color:inherit;background:var(--ground);border:1px solid var(--quiet);padding:.2rem .5rem;min-width:14rem;max-width:100%}
.search label{margin-left:1rem}

table{border-collapse:collapse;min-width:36rem;max-width:100%;font-size:.9375rem;margin:.5rem 0}
table+table{margin-top:1.75rem}
caption{text-align:left;color:var(--quiet);font-size:.875rem;padding-bottom:.4rem;max-width:44rem}
th,td{text-align:left;vertical-align:baseline;padding:.35rem 1.1rem .35rem 0;border-bottom:1px solid var(--rule);font-weight:400}
thead th{font-size:.8125rem;color:var(--quiet);border-bottom-color:var(--quiet);vertical-align:bottom}
th:last-child,td:last-child{padding-right:0}
.num{text-align:right;white-space:nowrap}
td.short{overflow-wrap:break-word}
.num+.text{padding-left:1.1rem}
thead th{white-space:nowrap}
@media screen and (min-width:900px){.name{white-space:nowrap}.label{display:inline-block;min-width:15rem}}
tr.fail>th:first-child{box-shadow:inset 3px 0 var(--fail);padding-left:.7rem}

.scroll{position:relative;overflow-x:auto}
.matrix{min-width:0;font-size:.875rem}
.matrix caption{white-space:nowrap}
.matrix caption .m{padding-left:1rem}
.matrix caption .m:first-child{padding-left:0}
.matrix thead th{vertical-align:bottom;padding:.2rem 0}
.matrix thead th+th span{writing-mode:vertical-rl;transform:rotate(180deg);display:inline-block;text-align:left;line-height:1.1;max-height:11rem}
.matrix thead th+th{text-align:center;padding:.2rem .3rem;min-width:2.1rem}
.matrix tbody th{padding:.12rem 1.5rem .12rem 0;min-width:17rem}
.matrix th:first-child{position:sticky;left:0;background:var(--ground);overflow-wrap:break-word}
.matrix td{text-align:center;padding:.12rem .3rem}
.m{font-weight:700}
.m.pass{color:var(--pass)}
.m.fail{color:var(--fail)}
.m.quiet{color:var(--quiet)}
.spark{display:inline-block;vertical-align:middle;width:110px;height:20px;max-width:100%}
.spark .line{fill:none;stroke:var(--accent);stroke-width:1.5}
.spark .grid{stroke:var(--rule)}
.spark rect{fill:var(--accent)}
.spark rect.end{fill:var(--quiet)}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(20rem,100%),1fr));align-items:start;gap:.25rem 2rem}
.beside{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,1fr);gap:0 2rem;align-items:start}
.chart{margin:.75rem 0}
.chart figcaption{font-weight:600;font-size:.9375rem;margin-bottom:.25rem}
.chart figcaption span{font-weight:400;color:var(--quiet)}
.chart svg{display:block;width:100%;max-width:58rem;height:auto;font:12px system-ui,-apple-system,"Segoe UI","Liberation Sans",Arial,sans-serif}
.chart:not(.small) .narrow{display:none}
.chart .mark{stroke:var(--ink);stroke-width:1;stroke-dasharray:2 2}
.chart .third{stroke:var(--accent);stroke-dasharray:1.5 3.5}
.chart text.third{fill:var(--accent);stroke:none}
.chart rect.bad{fill:var(--fail);stroke:none}
.chart text{fill:var(--quiet)}
.chart rect.main{fill:var(--accent);stroke:none}
.chart rect.missing{fill:var(--accent);opacity:.22}
.chart text.n{fill:var(--ink)}
.chart .grid{stroke:var(--rule);stroke-width:1;shape-rendering:crispEdges}
.chart .line{fill:none;stroke-width:1.75;stroke-linejoin:round;stroke-linecap:round}
.chart .main{stroke:var(--accent)}
.chart .second{stroke:var(--quiet);stroke-dasharray:4 4}
.chart .bad{stroke:var(--fail)}
.chart .area{fill:var(--accent);opacity:.12}
.chart text.main{fill:var(--accent);stroke:none}
.chart text.second{fill:var(--quiet);stroke:none}
.chart text.bad{fill:var(--fail);stroke:none}
.chart circle.main{fill:var(--accent);stroke:none}
.chart circle.second{fill:var(--quiet);stroke:none}
.chart circle.bad{fill:var(--fail);stroke:none}

@media screen and (max-width:899px){
.sheet{padding:1.25rem 1.125rem 3rem}
section{margin-top:2.25rem}
.verdict{margin:.75rem 0}
.verdict p{font-size:1rem}
.answers{grid-template-columns:minmax(0,1fr);gap:.7rem;font-size:.875rem;padding-top:.7rem}
.answer h2{margin-bottom:.1rem}
.beside{grid-template-columns:minmax(0,1fr)}
.glance{grid-template-columns:1fr 1fr}
.glance .n{font-size:1.5rem}
.chart .wide{display:none}
.chart:not(.small) .narrow{display:block}
.facts{grid-template-columns:1fr;gap:0}
.facts dd{margin-bottom:.5rem}
table{min-width:0}
table[role],table[role] :is(caption,tbody,tr,th,td){display:block}
.num+.text{padding-left:0}
table[role] thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;white-space:nowrap}
table[role] tbody tr{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);column-gap:1rem;padding:.6rem 0;border-bottom:1px solid var(--rule)}
table[role] :is(tbody th,td){grid-column:1/-1}
table[role] tbody .short{grid-column:auto}
td .v{white-space:normal}
table[role] tr.fail{padding-left:.7rem;box-shadow:inset 3px 0 var(--fail)}
table[role] tr.fail>th:first-child{box-shadow:none;padding-left:0}
table[role] tr[hidden]{display:none}
table[role] :is(th,td){padding:.1rem 0;border:0}
table[role] tbody th{font-weight:600}
table[role] td{display:grid;grid-template-columns:5rem minmax(0,1fr);gap:.75rem}
table[role] td.short{grid-template-columns:minmax(5rem,max-content) minmax(0,1fr);gap:.5rem}
td::before{content:attr(data-head);color:var(--quiet);font-size:.875rem}
.matrix td::before{content:none}
.matrix tbody th{min-width:8.5rem;padding-right:.5rem}
.num{text-align:left}
}
@media print{
:root{${variables(LIGHT)};--ground:#fff;font-size:9pt}
body{font-size:1rem}
.sheet{max-width:none;padding:0}
nav,.skip,.search{display:none}
.scroll{overflow:visible}
section{margin-top:2rem}
table{font-size:.875rem;min-width:0}
table .small{font-size:inherit}
th,td{padding:.15rem .7rem .15rem 0}
.facts{gap:.1rem 1rem}
tr,.finding,.chart,.note,.shout{break-inside:avoid}
h2,h3{break-after:avoid}
thead{display:table-header-group}
details::details-content{content-visibility:visible;height:auto;display:block}
summary{color:var(--quiet);list-style:none}
}
`;

/** The style element; its text is ours alone. */
export const STYLE = new Markup(`<style>${SHEET.trim().replaceAll('\n', '')}</style>`);
