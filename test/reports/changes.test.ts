/** What changed, on the page and in Markdown; and causes, as all reports have them. */

import { changesLines } from '../../reports/changes-lines.ts';
import { renderHtml } from '../../reports/html/html.ts';
import { renderComparison } from '../../reports/markdown/comparison.ts';
import { renderMarkdown } from '../../reports/markdown/markdown.ts';
import { causesOf } from '../../run/causes/causes.ts';
import { CHANGES_SCHEMA, type Changes } from '../../run/compare/changes.ts';
import { compareRuns } from '../../run/compare/compare.ts';
import { lineOf } from '../../run/compare/line.ts';
import { failing, HOSTILE, hostile, passing } from './samples.ts';

const later = { ...failing, id: 'later', startedAt: '2026-11-24T10:00:00.000Z', seed: 7 };
const compared = compareRuns([lineOf(passing)], [lineOf(later)], 'the last run');
const changes: Changes = {
  schema: CHANGES_SCHEMA,
  comparisons: [compared],
  missing: [{ against: 'the baseline main', where: 'trend/history.ndjson' }],
};

it.each([
  ['the page', renderHtml(failing, changes)],
  ['Markdown', renderMarkdown(failing, changes)],
  ['the terminal', changesLines(changes, (_, text) => text).join('\n')],
])('%s says what changed, what is not comparable, and what is missing', (_, text) => {
  expect(text).toMatch(/ince (<[^>]*>)?\**the last run/);
  expect(text).toContain('regressions');
  expect(text).toContain('Not comparable: timings, for they differ in seed (7, before 42)');
  expect(text).toContain('Nothing to compare with: the baseline main is not there');
});

it.each([
  ['the page', renderHtml(failing)],
  ['Markdown', renderMarkdown(failing)],
])('%s has every cause', (_, text) => {
  const bare = text.replaceAll('<wbr>', '');
  for (const { id } of causesOf(failing)) expect(bare).toContain(id);
});

it.each([
  ['the page', renderHtml(passing)],
  ['Markdown', renderMarkdown(passing)],
])('%s has how to reproduce the run', (_, text) => {
  for (const fact of [
    'dialproof run --seed 42',
    '5c1f0b7e9a4d2c33',
    'https://ci.example/builds/7',
  ]) {
    expect(text.replaceAll('<wbr>', '')).toContain(fact);
  }
});

it('a comparison as Markdown is cut at a row, within 60,000 bytes', () => {
  const many = compared.changes[0];
  if (!many) throw new Error('nothing changed');
  const long = { ...compared, changes: Array.from({ length: 5_000 }, () => many) };
  const text = renderComparison(long);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(60_000);
  expect(text).toMatch(/\n\| [\d,]+ more changes in the JSON of the comparison \| {2}\|\n/);
});

it('the first screen says how much changed since each, with the worst first, and whether a baseline was named', () => {
  const screen = (of: Changes) => renderHtml(failing, of).split('<nav')[0] ?? '';
  const both = screen(changes);
  const regressions = compared.changes.filter(({ effect }) => effect === 'regression').length;
  expect(both).toContain(`Since the last run: <span class="v fail">${regressions} regressions`);
  expect(both).toContain(`<a href="#changes">${compared.changes.length - 3} more changes</a>`);
  expect(both).toContain('the baseline main is not there');
  expect(both).not.toContain('No baseline was named');
  const same = compareRuns([lineOf(passing)], [lineOf(passing)], 'the last run');
  const calm = screen({ ...changes, comparisons: [same], missing: [] });
  expect(calm).toContain('Since the last run: nothing changed.');
  expect(calm).toContain('No baseline was named');
});

it('hostile names break out of neither', () => {
  const line = lineOf(hostile);
  const found = compareRuns([lineOf(passing)], [{ ...line, id: HOSTILE }], HOSTILE);
  const known: Changes = { ...changes, comparisons: [found] };
  expect(renderHtml(hostile, known)).not.toMatch(/<script>(?!\nfor )|<img src=x/);
  expect(renderComparison(found)).not.toMatch(/(?<!\\)<(?:script|img)/);
});
