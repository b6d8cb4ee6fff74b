/** A run as one HTML file. It has no script and makes no external request, so it works from a mail or from disk. */

import { type Changes, NO_CHANGES } from '../../run/compare/changes.ts';
import type { Run } from '../../run/run.ts';
import { standing } from '../../run/verdict.ts';
import { isPlainRun } from '../content/coverage.ts';
import { auditSection } from './audit.ts';
import { campaignSections } from './campaigns.ts';
import { causeSections } from './causes.ts';
import { changeSections } from './changes.ts';
import { contractSections } from './contracts.ts';
import { environmentSection } from './environment.ts';
import { loadSection } from './load.ts';
import { opening } from './opening.ts';
import { renderPage } from './page.ts';
import { roadSections } from './road.ts';
import { scenariosSection } from './scenarios.ts';
import { inOrder, renderContents, renderSection, type Section } from './section.ts';
import { selfCheckSections } from './self-checks.ts';

export function renderHtml(run: Run, changes: Changes = NO_CHANGES): string {
  const sections = [...causeSections(run), ...changeSections(changes), ...inOrder(sectionsOf(run))];
  return renderPage({
    title: `${standing(run).verdict}: dialproof ${run.id}`,
    opening: [opening(run), renderContents(sections)],
    details: sections.map(renderSection),
  });
}

function sectionsOf(run: Run): readonly Section[] {
  return [
    ...(isPlainRun(run) ? [] : contractSections(run)),
    ...campaignSections(run),
    ...roadSections(run),
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
