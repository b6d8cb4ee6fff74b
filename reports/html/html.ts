/** A run as one HTML file. It has no script and makes no external request, so it works from a mail or from disk. */

import type { Run } from '../../run/run.ts';
import { standing } from '../../run/verdict.ts';
import { isPlainRun } from '../content/coverage.ts';
import { auditSection } from './audit.ts';
import { campaignSections } from './campaigns.ts';
import { contractSections } from './contracts.ts';
import { environmentSection } from './environment.ts';
import { loadSection } from './load.ts';
import { Markup, markup } from './markup.ts';
import { opening } from './opening.ts';
import { scenariosSection } from './scenarios.ts';
import { inOrder, renderContents, renderSection, type Section } from './section.ts';
import { selfCheckSections } from './self-checks.ts';
import { STYLE } from './style.ts';

/** Nothing may be fetched or run, even if hostile text were to get past the escaping. */
export const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export function renderHtml(run: Run): string {
  const sections = inOrder(sectionsOf(run));
  return markup`${new Markup('<!doctype html>')}
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${standing(run).verdict}: dialproof ${run.id}</title>
<link rel="icon" href="data:,">
${STYLE}</head>
<body><a class="skip" href="#details">Skip to the details</a><div class="sheet">
${opening(run)}
${renderContents(sections)}
<main id="details">${sections.map(renderSection)}</main>
</div></body></html>
`.html;
}

function sectionsOf(run: Run): readonly Section[] {
  return [
    ...(isPlainRun(run) ? [] : contractSections(run)),
    ...campaignSections(run),
    ...loadSections(run),
    ...selfCheckSections(run),
    environmentSection(run),
  ];
}

function loadSections(run: Run): readonly Section[] {
  if (run.load.length === 0) return [noLoad];
  const each = run.load.flatMap((load, i) => [
    loadSection(load, i),
    ...(load.history ? [auditSection(load, i)] : []),
  ]);
  const overview = scenariosSection(run);
  if (!overview) return each;
  return [overview, ...each.map((section) => ({ ...section, within: overview.id }))];
}

const noLoad: Section = {
  id: 'load',
  title: 'Load and audit',
  verdict: 'not exercised',
  lede: 'This run put no load on the target, so there is no history to audit.',
  body: null,
};
