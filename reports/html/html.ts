/** A run as one HTML file. It makes no external request, so it works from a mail or from disk. */

import { type Changes, NO_CHANGES } from '../../run/compare/changes.ts';
import type { Run } from '../../run/run.ts';
import { standing } from '../../run/verdict.ts';
import { isPlainRun } from '../content/coverage.ts';
import { campaignSections } from './campaigns.ts';
import { causeSections } from './causes.ts';
import { changeSections } from './changes.ts';
import { contractsSection } from './contracts.ts';
import { environmentSection } from './environment.ts';
import { invariantSections } from './invariants.ts';
import { loadSectionOf } from './load.ts';
import { opening } from './opening.ts';
import { renderPage } from './page.ts';
import { renderContents, renderSection, type Section } from './section.ts';
import { selfCheckSections } from './self-checks.ts';

export function renderHtml(run: Run, changes: Changes = NO_CHANGES): string {
  const sections = sectionsOf(run, changes);
  return renderPage({
    title: `${standing(run).verdict}: dialproof ${run.id}`,
    opening: [opening(run, changes), renderContents(sections)],
    details: sections.map(renderSection),
    script: true,
  });
}

/** Always in this order, so that a reader of many reports knows where to look. */
function sectionsOf(run: Run, changes: Changes): readonly Section[] {
  return [
    ...causeSections(run),
    ...changeSections(changes),
    ...campaignSections(run),
    ...(isPlainRun(run) ? [] : [contractsSection(run)]),
    loadSectionOf(run),
    ...invariantSections(run),
    ...selfCheckSections(run),
    environmentSection(run),
  ];
}
