/** The history of a trend folder: appended, bounded, read back. */

import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderTrend } from '../../reports/html/trend.ts';
import { trendLines } from '../../reports/trend-lines.ts';
import {
  appendToHistory,
  HISTORY_FILE,
  historyText,
  LONGEST_LINE,
  readHistory,
} from '../../run/compare/history.ts';
import { lineOf, type RunLine } from '../../run/compare/line.ts';
import { curvesOf } from '../../run/compare/trend.ts';
import { failing, hostile, passing } from '../reports/samples.ts';
import { tempDir } from '../support/temp-dir.ts';

const line = lineOf(passing);
const numbered = (n: number, change: Partial<RunLine> = {}): RunLine => ({
  ...line,
  id: `run-${n}`,
  startedAt: `2026-11-23T22:40:${String(n).padStart(2, '0')}.000Z`,
  ...change,
});

let folder = '';
beforeEach(() => {
  folder = join(tempDir(), 'trend');
});

it('is empty without a folder', async () => {
  expect(await readHistory(folder)).toEqual({ lines: [], unreadable: 0 });
});

it('reads back what was appended, without names of interactions', async () => {
  await appendToHistory(folder, lineOf(failing));
  await appendToHistory(folder, numbered(1));
  const { lines } = await readHistory(folder);
  expect(lines.map(({ id }) => id)).toEqual(['run-1', failing.id]);
  const [, first] = lines;
  expect(first).toEqual({
    ...lineOf(failing),
    contracts: lineOf(failing).contracts.map((one) => ({ ...one, names: null })),
  });
});

it('keeps every line when many append at once', async () => {
  const all = Array.from({ length: 40 }, (_, i) => numbered(i));
  await Promise.all(all.map((one) => appendToHistory(folder, one)));
  const { lines, unreadable } = await readHistory(folder);
  expect(lines.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect(unreadable).toBe(0);
});

it('loses only the line that was cut off, and counts it', async () => {
  await appendToHistory(folder, numbered(1));
  await appendFile(join(folder, HISTORY_FILE), historyText(numbered(2)).slice(0, 100));
  await appendToHistory(folder, numbered(3));
  const { lines, unreadable } = await readHistory(folder);
  expect(lines.map(({ id }) => id)).toEqual(['run-1', 'run-3']);
  expect(unreadable).toBe(1);
});

it('has a run once, by its last line', async () => {
  await appendToHistory(folder, numbered(1));
  await appendToHistory(folder, numbered(1, { branch: 'other' }));
  const { lines } = await readHistory(folder);
  expect(lines.map(({ branch }) => branch)).toEqual(['other']);
});

it('bounds a line, and refuses one that is too long all the same', () => {
  const [load] = line.load;
  if (!load) throw new Error('the passing sample has load');
  const many = numbered(1, {
    causes: Array.from({ length: 5_000 }, (_, i) => ({ id: `cause-${i}`, symptoms: 1 })),
    load: [
      { ...load, errors: Array.from({ length: 5_000 }, (_, i) => `${i} ${'x'.repeat(5_000)}`) },
    ],
  });
  expect(Buffer.byteLength(historyText(many))).toBeLessThan(LONGEST_LINE);
  const tooMany = numbered(1, { bugs: Array.from({ length: 9_000 }, () => 'a seeded bug') });
  expect(() => historyText(tooMany)).toThrow('leave out --trend');
});

it('says in one sentence that the folder cannot be written', async () => {
  await mkdir(join(folder, HISTORY_FILE), { recursive: true });
  await expect(appendToHistory(folder, line)).rejects.toThrow(
    /^cannot write .*history\.ndjson \(EISDIR\): choose another folder with --trend$/,
  );
});

describe('a trend', () => {
  const lines = [
    numbered(1),
    numbered(2, { load: line.load.map((one) => ({ ...one, valid: false })) }),
    { ...lineOf(failing), id: 'run-3', startedAt: '2026-11-23T22:41:00.000Z' },
  ];

  it('has a curve for each figure, with gaps where it is not valid', () => {
    const curves = new Map(curvesOf(lines).map(({ name, values }) => [name, values]));
    expect(curves.get('load steady, p50')).toEqual([3.14, null, 3.14]);
    expect(curves.get('causes of failures')).toEqual([0, 0, lines[2]?.causes.length]);
  });

  it('is a page without a script or a request', () => {
    const page = renderTrend(lines);
    expect(page).toContain('<svg');
    expect(page).not.toMatch(/<script|src="http|href="http/);
    expect(page).toContain('load steady, p95');
  });

  it('escapes what runs say of themselves', () => {
    const page = renderTrend([lineOf(hostile)]);
    expect(page).not.toMatch(/<script|<img src=x/);
  });

  it('is a line for each run in a terminal', () => {
    const shown = trendLines(lines, (_, text) => text);
    expect(shown).toHaveLength(3);
    expect(shown[0]).toBe(
      '2026-11-23 22:40:01 UTC  pass           5c1f0b7e  main  steady p50 3.14 ms, replays p50 3.14 ms',
    );
    expect(shown[1]).toBe('2026-11-23 22:40:02 UTC  pass           5c1f0b7e  main');
    expect(shown[2]).toContain('fail           5c1f0b7e  main  invariant/BatchPutContact/');
  });
});

it('the file has one line for each run, and nothing else', async () => {
  await appendToHistory(folder, numbered(1));
  await appendToHistory(folder, numbered(2));
  const text = await readFile(join(folder, HISTORY_FILE), 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  expect(text.trimEnd().split('\n')).toHaveLength(2);
});
